package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static final int ROOM = 32_768;

  private final Lanes lanes = new Lanes();
  private final SessionLink link = UnstartedLink.create();
  private final Call<Reply> acquire = new Waiting();
  private final Call<Reply> release = new Prompt();

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

  private final class Prompt extends MessageCall<Reply> {
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
    assertThat(oneMore.isDone()).as("room is free with the next flush").isFalse();
    lanes.flush();
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

  @Test
  void callThatIsTurnedBack_leavesItsRoomAtOnce() throws Exception {
    for (int i = 0; i < ROOM; i++) {
      lanes.enter(release);
    }
    lanes.turnBack(release);
    lanes.enter(release);
  }
}
