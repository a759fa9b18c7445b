package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.fixtures.FakeTicker;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int ROOM = 32_768;

  private final Lanes lanes = new Lanes();
  private final SessionLink link =
      new SessionLink(
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
  private final Call<Reply> acquire = new Waiting();
  private final Call<Reply> release = new Prompt();

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

  private final class Waiting extends AcquiringCall<Reply> {
    Waiting() {
      super(link);
    }

    @Override
    protected boolean write(Request.Builder to, Session session) {
      return true;
    }

    @Override
    protected Reply read(Reply reply, Session session) {
      return reply;
    }
  }

  private final class Prompt extends StreamCall<Reply> {
    Prompt() {
      super(link);
    }

    @Override
    protected boolean write(Request.Builder to, Session session) {
      return true;
    }

    @Override
    protected Reply read(Reply reply, Session session) {
      return reply;
    }
  }

  @Test
  void oneAcquireTooMany_waitsForRoom_whileReleasesPass() throws Exception {
    for (int i = 0; i < ROOM; i++) {
      lanes.enter(acquire);
    }
    CompletableFuture<Void> oneMore =
        CompletableFuture.runAsync(() -> lanes.enterUninterruptibly(acquire));
    lanes.enter(release);
    assertThatThrownBy(() -> oneMore.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    lanes.leave(acquire);
    assertThat(oneMore.get(20, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void waitForRoom_canBeInterrupted() throws Exception {
    for (int i = 0; i < ROOM; i++) {
      lanes.enter(release);
    }
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> lanes.enter(release)).isInstanceOf(InterruptedException.class);
  }
}
