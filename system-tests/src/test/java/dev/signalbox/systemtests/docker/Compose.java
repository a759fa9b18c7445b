package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.systemtests.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** docker-compose.yml, by the commands that a user types, as a project of its own. */
final class Compose {
  private final String project;
  private final Map<String, String> environment;

  /**
   * A project that is not up yet.
   *
   * @param environment what a user would set, beside the image
   */
  Compose(String name, Map<String, String> environment) {
    this.project = "signalbox-it-" + name + "-" + ProcessHandle.current().pid();
    this.environment = environment;
  }

  /** What the names of its containers begin with. */
  String project() {
    return project;
  }

  /** Runs a command to its end, which must be a good one, and returns what it printed. */
  String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Project.root().toFile());
    builder.environment().put("SIGNALBOX_IMAGE", ServerContainer.IMAGE);
    builder.environment().putAll(environment);
    Process process =
        builder.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of docker compose %s", List.of(arguments)).isZero();
    return output;
  }
}
