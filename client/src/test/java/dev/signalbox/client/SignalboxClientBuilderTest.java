package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.client.SignalboxException.InvalidArgument;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalboxClientBuilderTest {
  private static SignalboxClientBuilder builder() {
    return SignalboxClient.builder().target("127.0.0.1:1");
  }

  private static void assertRefused(SignalboxClientBuilder builder, String field) {
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(builder::build)
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }

  @Test
  void impossibleSettings_areNamed() {
    assertRefused(SignalboxClient.builder(), "target");
    assertRefused(builder().target("no port"), "target");
    assertRefused(builder().targets(List.of("host", "host:7600")), "target");
    assertRefused(builder().clientName(""), "clientName");
    assertRefused(builder().clientName("é".repeat(128)), "clientName");
    assertRefused(builder().lease(Duration.ofMillis(999)), "lease");
    assertRefused(builder().lease(Duration.ofMinutes(11)), "lease");
    assertRefused(builder().endAfterBreak(Duration.ofSeconds(-1)), "endAfterBreak");
    assertRefused(builder().endAfterBreak(Duration.ofSeconds(16)), "endAfterBreak");
    assertRefused(builder().patience(Duration.ofSeconds(-1)), "patience");
  }

  @Test
  void build_doesNotWaitForAServer() {
    try (SignalboxClient client = builder().build()) {
      assertThat(client.state()).isEqualTo(ClientState.CONNECTING);
    }
  }
}
