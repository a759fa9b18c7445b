package dev.signalbox.systemtests.docker;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import com.github.dockerjava.api.exception.NotFoundException;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Decides whether the tests marked {@link RequiresDocker} run. */
final class DockerCondition implements ExecutionCondition {
  private enum Wanted {
    REQUIRED,
    AUTO,
    OFF
  }

  /** What is missing is looked for once in a run. */
  private static final class Lack {
    private static final Optional<String> WHY = missing();
  }

  /** A skip is said once in a run. */
  private static final class Auto {
    private static final ConditionEvaluationResult VERDICT =
        Lack.WHY.map(DockerCondition::skip).orElseGet(DockerCondition::run);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return switch (wanted()) {
      case OFF -> disabled("switched off by -Ddocker.tests=off");
      case AUTO -> Auto.VERDICT;
      case REQUIRED -> Lack.WHY.map(DockerCondition::refuse).orElseGet(DockerCondition::run);
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
    System.out.println("!!!!! DOCKER TESTS SKIPPED: " + why + " !!!!!");
    return disabled(why);
  }

  private static ConditionEvaluationResult refuse(String why) {
    throw new ExtensionConfigurationException(
        "Docker tests are required (CI=true or -Ddocker.tests=required), but " + why);
  }

  private static Optional<String> missing() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return Optional.of("no Docker engine answers");
    }
    return imageExists()
        ? Optional.empty()
        : Optional.of(
            "there is no image " + ServerContainer.IMAGE + "; `docker compose build` makes it");
  }

  private static boolean imageExists() {
    try {
      DockerClientFactory.lazyClient().inspectImageCmd(ServerContainer.IMAGE).exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
