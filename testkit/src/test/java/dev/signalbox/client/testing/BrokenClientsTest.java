package dev.signalbox.client.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that crash and clients that are cut off, at the exact times. */
@Timeout(60)
class BrokenClientsTest {
  private static final Duration LEASE = ofSeconds(15);
  private static final Duration A_MOMENT = ofNanos(1_000);

  private final List<String> heard = new ArrayList<>();
  private final TestSignalbox box = TestSignalbox.start();
  private final SignalboxClient other = box.client();

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  @Rule("L2")
  void clientThatCrashed_keepsItsPermits_untilItsLeaseHasRunOut() throws Exception {
    RemoteSemaphore db = other.semaphores().create("test/db", SemaphoreSpec.max(1));
    SignalboxClient doomed = box.client();
    Permit held = doomed.semaphores().open("test/db").acquire();
    CompletableFuture<Permit> waiting = db.acquireAsync();
    box.clock().advance(ofSeconds(7));

    box.crash(doomed);
    assertThat(held.isHeld()).isFalse();
    assertThat(doomed.state()).isEqualTo(ClientState.CLOSED);
    box.clock().advance(LEASE.minus(A_MOMENT));
    assertThat(waiting).isNotDone();
    box.clock().advance(A_MOMENT);
    assertThat(waiting).isCompleted();
  }

  @Test
  @Rule("M3")
  void ownerThatCrashed_leavesAMutexThatSaysSo() throws Exception {
    SignalboxClient doomed = box.client();
    Permit lost = doomed.mutexes().create("test/lock").acquire();
    assertThat(lost.isAbandoned()).isFalse();
    RemoteMutex lock = other.mutexes().open("test/lock");
    box.crash(doomed);
    box.clock().advance(LEASE);
    try (Permit owner = lock.acquire()) {
      assertThat(owner.isAbandoned()).isTrue();
    }
  }

  @Test
  @Rule("L9")
  void clientThatEndsWithItsConnection_hasLostAllWhenTheCrashReturns() throws Exception {
    other.semaphores().create("test/db", SemaphoreSpec.max(1));
    SignalboxClient doomed = box.clientBuilder().endAfterBreak(Duration.ZERO).build();
    assertThat(doomed.semaphores().open("test/db").acquire().isHeld()).isTrue();
    box.crash(doomed);
    assertThat(box.find("test/db").orElseThrow().count()).isEqualTo(1);
  }

  @Test
  @Rule("L4")
  void clientThatIsCutOff_isInJeopardy_thenFenced_thenItsPermitsAreGivenAway() throws Exception {
    RemoteSemaphore db = other.semaphores().create("test/db", SemaphoreSpec.max(1));
    SignalboxClient lonely = box.clientBuilder().listener(new Recorder()).build();
    Permit held = lonely.semaphores().open("test/db").acquire();
    CompletableFuture<Permit> waiting = db.acquireAsync();
    box.clock().advance(ofMillis(12_345));

    box.cut(lonely);
    box.clock().advance(ofMillis(7_500).minusNanos(1));
    assertThat(heard).containsExactly("opened", "disconnected");
    box.clock().advance(ofNanos(1));
    assertThat(heard).containsExactly("opened", "disconnected", "jeopardy PT6S");
    box.clock().advance(ofSeconds(6).minusNanos(1));
    assertThat(held.isHeld()).isTrue();
    box.clock().advance(ofNanos(1));
    assertThat(held.isHeld()).isFalse();
    assertThat(heard).endsWith("lost");
    box.clock().advance(ofMillis(1_500).minus(A_MOMENT));
    assertThat(waiting).isNotDone();
    box.clock().advance(A_MOMENT);
    assertThat(waiting).isCompleted();
  }

  @Test
  @Rule("L5")
  void networkThatIsRestoredInTime_costsNothing() throws Exception {
    SignalboxClient lonely = box.clientBuilder().listener(new Recorder()).build();
    RemoteSemaphore db = lonely.semaphores().create("test/db", SemaphoreSpec.max(2));
    Permit held = db.acquire();
    box.settle();
    box.cut(lonely);
    box.cut(lonely);
    CompletableFuture<Permit> asked = db.acquireAsync();
    box.clock().advance(ofSeconds(5));
    assertThat(asked).isNotDone();

    box.restore(lonely);
    assertThat(heard).containsExactly("opened", "disconnected", "resumed");
    assertThat(asked).isCompleted();
    box.clock().advance(ofSeconds(60));
    assertThat(held.isHeld()).isTrue();
    assertThat(box.find("test/db").orElseThrow().held()).isEqualTo(2);
  }

  @Test
  @Rule({"L2", "L4"})
  void networkThatIsRestoredTooLate_bringsAnotherSession() throws Exception {
    SignalboxClient lonely = box.clientBuilder().listener(new Recorder()).build();
    RemoteSemaphore db = lonely.semaphores().create("test/db", SemaphoreSpec.max(1));
    Permit held = db.acquire();
    box.cut(lonely);
    box.clock().advance(ofSeconds(60));
    box.restore(lonely);
    assertThat(heard).endsWith("lost", "opened");
    assertThat(held.isHeld()).isFalse();
    assertThat(db.acquire().isHeld()).isTrue();
  }

  @Test
  void callOfAClientThatIsCutOff_failsWhenItIsOutOfPatience() throws Exception {
    SignalboxClient lonely = box.clientBuilder().patience(ofSeconds(3)).build();
    RemoteSemaphore db = lonely.semaphores().create("test/db", SemaphoreSpec.max(1));
    box.cut(lonely);
    CompletableFuture<Permit> asked = db.acquireAsync();
    box.clock().advance(ofSeconds(3).minusNanos(1));
    assertThat(asked).isNotDone();
    box.clock().advance(ofNanos(1));
    assertThat(asked).isCompletedExceptionally();
    assertThatThrownBy(asked::get).hasCauseInstanceOf(SignalboxException.Unavailable.class);
  }

  @Test
  void clientOfAnotherBox_isRefused_andSoIsOneThatIsClosed() {
    other.close();
    assertThatThrownBy(() -> box.crash(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("client");
    try (TestSignalbox second = TestSignalbox.start()) {
      SignalboxClient foreign = second.client();
      assertThatThrownBy(() -> box.cut(foreign)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> box.restore(foreign)).isInstanceOf(IllegalArgumentException.class);
      assertThat(foreign.state()).isEqualTo(ClientState.CONNECTED);
    }
  }

  private final class Recorder implements SessionListener {
    @Override
    public void sessionOpened() {
      heard.add("opened");
    }

    @Override
    public void disconnected() {
      heard.add("disconnected");
    }

    @Override
    public void sessionResumed() {
      heard.add("resumed");
    }

    @Override
    public void jeopardy(Duration remaining) {
      heard.add("jeopardy " + remaining);
    }

    @Override
    public void sessionLost() {
      heard.add("lost");
    }
  }
}
