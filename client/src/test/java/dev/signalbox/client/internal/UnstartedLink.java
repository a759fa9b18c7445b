package dev.signalbox.client.internal;

import dev.signalbox.client.fixtures.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A link that calls can be made on, and that makes none of them. */
final class UnstartedLink {
  private UnstartedLink() {}

  static SessionLink create() {
    return new SessionLink(
        new LinkOptions(
            List.of("127.0.0.1:1"),
            "test",
            Duration.ofSeconds(10),
            Optional.empty(),
            Duration.ofSeconds(10),
            new FakeTicker()),
        new NoListener(),
        null,
        failure -> new IllegalStateException(failure.message()));
  }

  private static final class NoListener implements LinkListener {
    @Override
    public void opened() {}

    @Override
    public void disconnected() {}

    @Override
    public void resumed() {}

    @Override
    public void jeopardy(long remainingNanos) {}

    @Override
    public void lost() {}

    @Override
    public void closed() {}
  }
}
