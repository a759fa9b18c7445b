package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docker-compose.yml, by the commands that a user types. */
@RequiresDocker
class ComposeIT {
  private final Compose compose = new Compose("single", Map.of("SIGNALBOX_PORT", "0"));

  @AfterEach
  void down() throws Exception {
    compose.run("down", "--volumes", "--timeout", "5");
  }

  @Test
  void compose_up_bringsAServerThatAnswers() throws Exception {
    compose.run("up", "--detach", "--wait", "--no-build");

    assertThat(compose.run("ps", "--services").lines()).containsExactly("signalbox");
    String target = compose.run("port", "signalbox", "7600").strip();

    assertThat(target).startsWith("127.0.0.1:");
    try (SignalboxClient client = SignalboxClient.builder().target(target).build()) {
      assertThat(client.semaphores().create("compose", SemaphoreSpec.max(2)).acquire().isHeld())
          .isTrue();
    }
  }
}
