package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.systemtests.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, by the commands that a user types. */
@RequiresDocker
class ComposeIT {
  private final String project = "signalbox-it-" + ProcessHandle.current().pid();

  @AfterEach
  void down() throws Exception {
    compose("down", "--volumes", "--timeout", "5");
  }

  @Test
  void compose_up_bringsAServerThatAnswers() throws Exception {
    compose("up", "--detach", "--wait", "--no-build");

    String target = compose("port", "signalbox", "7600").strip();

    assertThat(target).startsWith("127.0.0.1:");
    try (SignalboxClient client = SignalboxClient.builder().target(target).build()) {
      assertThat(client.semaphores().create("compose", SemaphoreSpec.max(2)).acquire().isHeld())
          .isTrue();
    }
  }

  private String compose(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(Project.root().toFile());
    builder.environment().put("SIGNALBOX_IMAGE", ServerContainer.IMAGE);
    builder.environment().put("SIGNALBOX_PORT", "0");
    Process process =
        builder.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("exit code of docker compose %s", List.of(arguments)).isZero();
    return output;
  }
}
