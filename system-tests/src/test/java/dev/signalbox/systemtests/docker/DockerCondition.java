package dev.signalbox.systemtests.docker;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.testcontainers.DockerClientFactory;

/** Decides whether the tests marked {@link RequiresDocker} run. */
final class DockerCondition implements ExecutionCondition {
  private enum Wanted {
    REQUIRED,
    AUTO,
    OFF
  }

  /** The engine is looked for once in a run. */
  private static final class Engine {
    private static final boolean ANSWERS = DockerClientFactory.instance().isDockerAvailable();
  }

  /** What a run has been told already. */
  private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return switch (wanted()) {
      case OFF -> disabled("switched off by -Ddocker.tests=off");
      case AUTO -> lack(context).map(DockerCondition::skip).orElseGet(DockerCondition::run);
      case REQUIRED -> lack(context).map(DockerCondition::refuse).orElseGet(DockerCondition::run);
    };
  }

  private static Wanted wanted() {
    String byEnvironment = "true".equals(System.getenv("CI")) ? "required" : "auto";
    return Wanted.valueOf(
        System.getProperty("docker.tests", byEnvironment).toUpperCase(Locale.ROOT));
  }

  private static ConditionEvaluationResult run() {
    return enabled("the engine answers and the image is there");
  }

  private static ConditionEvaluationResult skip(String why) {
    if (SAID.add(why)) {
      System.out.println("!!!!! DOCKER TESTS SKIPPED: " + why + " !!!!!");
    }
    return disabled(why);
  }

  private static ConditionEvaluationResult refuse(String why) {
    throw new ExtensionConfigurationException(
        "Docker tests are required (CI=true or -Ddocker.tests=required), but " + why);
  }

  private static Optional<String> lack(ExtensionContext context) {
    if (!Engine.ANSWERS) {
      return Optional.of("no Docker engine answers");
    }
    return Stream.concat(Stream.of(ServerContainer.IMAGE), moreImages(context))
        .filter(image -> !exists(image))
        .findFirst()
        .map(image ->
            "there is no image " + image + "; `docker compose --profile sample build` makes it");
  }

  private static Stream<String> moreImages(ExtensionContext context) {
    return context
        .getTestClass()
        .flatMap(type -> AnnotationSupport.findAnnotation(type, RequiresDocker.class))
        .stream()
        .flatMap(annotation -> Stream.of(annotation.images()));
  }

  private static boolean exists(String image) {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(image).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
