package dev.signalbox.client.testing;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.LossReason;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestClockTest {
  private final TestSignalbox box = TestSignalbox.start();
  private final SignalboxClient client = box.client();

  @AfterEach
  void close() {
    box.close();
  }

  @Test
  @Rule("A2")
  void waitTime_runsOutWhenTheClockSaysSo_andNotBefore() throws Exception {
    RemoteSemaphore db = client.semaphores().create("test/db", SemaphoreSpec.max(1).initial(0));
    CompletableFuture<Optional<Permit>> waiting = db.acquireAsync(1, ofSeconds(30));
    box.clock().advance(ofSeconds(30).minusNanos(1_000));
    assertThat(waiting).isNotDone();
    assertThat(box.find("test/db").orElseThrow().waiting()).isEqualTo(1);

    box.clock().advance(ofNanos(1_000));
    assertThat(waiting).isCompletedWithValue(Optional.empty());
    assertThat(box.find("test/db").orElseThrow().waiting()).isZero();
  }

  @Test
  @Rule({"Q1", "A3"})
  void refill_bringsExactlySoManyPermits() throws Exception {
    RemoteSemaphore calls =
        client
            .semaphores()
            .create("test/calls", SemaphoreSpec.max(5_000).initial(0).refill(1_000, ofSeconds(1)));
    for (int second = 1; second <= 3; second++) {
      box.clock().advance(ofSeconds(1));
      assertThat(calls.info().count()).isEqualTo(1_000 * second);
    }
    box.clock().advance(ofHours(1));
    assertThat(calls.info().count()).isEqualTo(5_000);
  }

  @Test
  @Rule({"Q1", "A3"})
  void refill_letsWaitersThrough_eachAtItsTime() throws Exception {
    RemoteSemaphore calls =
        client
            .semaphores()
            .create("test/calls", SemaphoreSpec.max(10).initial(0).refill(100, ofSeconds(1)));
    List<Duration> served = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      var unused = calls.acquireAsync().thenAccept(permit -> served.add(box.clock().elapsed()));
    }
    box.clock().advance(ofMillis(355));
    assertThat(served).hasSize(35);
    assertThat(served.get(0)).isEqualTo(ofMillis(10));
    assertThat(served.get(34)).isEqualTo(ofMillis(350));
  }

  @Test
  void whatFollowsFromAnAnswer_happensAtTheTimeOfThatAnswer() throws Exception {
    RemoteSemaphore calls =
        client
            .semaphores()
            .create("test/calls", SemaphoreSpec.max(1).initial(0).refill(1, ofSeconds(1)));
    CompletableFuture<Optional<Permit>> chain =
        calls
            .acquireAsync()
            .thenCompose(first -> calls.acquireAsync())
            .thenCompose(second -> calls.acquireAsync(1, ofMillis(900)));
    box.clock().advance(ofMillis(2_899));
    assertThat(chain).isNotDone();
    box.clock().advance(ofMillis(1));
    assertThat(chain).isCompletedWithValue(Optional.empty());
  }

  @Test
  @Rule("A10")
  void holdLimit_takesThePermitBack_andTellsItsHolder() throws Exception {
    RemoteSemaphore db = client.semaphores().create("test/db", SemaphoreSpec.max(1));
    Permit permit = client.acquire(Acquire.of(db, 1).holdAtMost(ofSeconds(40))).orElseThrow();
    List<LossReason> losses = new ArrayList<>();
    permit.onLost(losses::add);
    box.clock().advance(ofSeconds(40).minusNanos(1_000));
    assertThat(permit.isHeld()).isTrue();

    box.clock().advance(ofNanos(1_000));
    assertThat(permit.isHeld()).isFalse();
    assertThat(losses).hasSize(1);
    assertThat(box.find("test/db").orElseThrow().count()).isEqualTo(1);
  }

  @Test
  @Rule("O5")
  void idleName_isGoneWhenItsTimeIsOver_whoeverLooks() throws Exception {
    var unused = client.semaphores().create("test/idle", SemaphoreSpec.max(1).idleTtl(ofHours(1)));
    for (int minute = 0; minute < 59; minute++) {
      box.clock().advance(ofMinutes(1));
      assertThat(box.find("test/idle")).isPresent();
    }
    box.clock().advance(ofMinutes(1));
    assertThat(box.find("test/idle")).isEmpty();
  }

  @Test
  @Rule("L1")
  void clientsThatLive_keepWhatTheyHold_howeverFarTheClockIsMoved() throws Exception {
    RemoteSemaphore db = client.semaphores().create("test/db", SemaphoreSpec.max(20));
    List<Permit> held = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      SignalboxClient other =
          box.clientBuilder().lease(ofSeconds(i)).clientName("other-" + i).build();
      held.add(other.semaphores().open("test/db").acquire(2));
    }
    box.clock().advance(ofMinutes(10));
    assertThat(held).allMatch(Permit::isHeld);
    SemaphoreInfo seen = box.find("test/db").orElseThrow();
    assertThat(seen.count()).isZero();
    assertThat(seen.holders()).hasSize(10);
    assertThat(db.tryAcquire()).isEmpty();
  }

  @Test
  void aDay_isPassedInSteps_ofAThirdOfTheShortestLease() throws Exception {
    client.close();
    SignalboxClient patient = box.clientBuilder().lease(ofMinutes(10)).build();
    Permit held = patient.semaphores().create("test/db", SemaphoreSpec.max(1)).acquire();
    box.clock().advance(ofDays(1));
    assertThat(box.clock().elapsed()).isEqualTo(ofDays(1));
    assertThat(held.isHeld()).isTrue();
  }

  @Test
  void advance_ofWhatIsNoTime_isRefused() {
    assertThatThrownBy(() -> box.clock().advance(ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time");
    assertThatThrownBy(() -> box.clock().advance(ofDays(3_651)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(box.clock().elapsed()).isZero();
  }

  @Test
  void advance_whenTheBoxIsClosed_isRefused() {
    box.close();
    assertThatThrownBy(() -> box.clock().advance(ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void continuationThatBlocks_holdsUpNoTime() throws Exception {
    RemoteSemaphore db = client.semaphores().create("test/db", SemaphoreSpec.max(2).initial(0));
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Void> blocked =
        db.acquireAsync().thenAccept(permit -> Uninterrupted.await(gate));
    db.release(1); // not before, or the continuation may run right here
    box.clock().advance(ofMinutes(5));
    assertThat(box.clock().elapsed()).isEqualTo(ofMinutes(5));
    gate.countDown();
    assertThat(blocked.get()).isNull();
  }
}
