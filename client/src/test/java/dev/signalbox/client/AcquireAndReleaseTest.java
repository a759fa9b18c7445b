package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.client.SignalboxException.NotHeld;
import dev.signalbox.client.SignalboxException.TooManyPosts;
import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcquireAndReleaseTest extends WithServer {
  private SignalboxClient client;
  private RemoteSemaphore four;
  private RemoteSemaphore two;

  @BeforeEach
  void connect() throws Exception {
    client = client();
    four = client.semaphores().create("four", SemaphoreSpec.max(4));
    two = client.semaphores().create("two", SemaphoreSpec.max(2));
  }

  private int count(RemoteSemaphore semaphore) throws InterruptedException {
    return semaphore.info().count();
  }

  @Test
  @Rule("A1")
  void acquire_takesExactlySoMany() throws Exception {
    try (Permit permit = four.acquire(3)) {
      assertThat(permit.permits()).isEqualTo(3);
      assertThat(permit.semaphore()).isEqualTo("four");
      assertThat(permit.choice()).isZero();
      assertThat(permit.isHeld()).isTrue();
      assertThat(count(four)).isEqualTo(1);
      assertThat(four.tryAcquire(2)).isEmpty();
    }
    eventually().until(() -> count(four) == 4);
  }

  @Test
  @Rule("A1")
  void acquire_ofMoreThanMax_isInvalid() {
    assertThatExceptionOfType(InvalidArgument.class)
        .isThrownBy(() -> four.acquire(5))
        .satisfies(e -> assertThat(e.field()).isEqualTo("acquire.parts[0].permits"));
    assertThatThrownBy(() -> four.acquire(0)).isInstanceOf(InvalidArgument.class);
  }

  @Test
  @Rule("A2")
  void acquire_thatRunsOutOfTime_takesNothing() throws Exception {
    try (Permit all = four.acquire(4)) {
      assertThat(four.tryAcquire(1, ofMillis(30))).isEmpty();
      assertThat(four.acquireAsync(1, ofMillis(30)).get()).isEmpty();
      assertThat(four.info().waiting()).isZero();
      assertThat(four.info(0, ReadMode.STALE).waiting()).isZero();
      assertThat(all.isHeld()).isTrue();
    }
  }

  @Test
  @Rule("A2")
  void acquire_getsWhatIsGivenBackInTime() throws Exception {
    Permit all = four.acquire(4);
    CompletableFuture<Optional<Permit>> waiting = four.acquireAsync(1, ofSeconds(20));
    all.close();
    assertThat(waiting.get()).isPresent();
  }

  @Test
  @Rule("A4")
  void allOf_takesEverythingOrNothing() throws Exception {
    Acquire both = Acquire.allOf(four.permits(1), two.permits(2)).within(ofMillis(30));
    Permit permit = client.acquire(both).orElseThrow();
    assertThat(permit.parts()).extracting(GrantedPart::semaphore).containsExactly("four", "two");
    assertThat(permit.permits()).isEqualTo(3);
    assertThat(client.acquire(both)).isEmpty();
    assertThat(count(four)).isEqualTo(3);
    assertThat(permit.release().previousCounts()).containsExactly(3, 0);
    assertThat(client.acquireAsync(both).get()).isPresent();
  }

  @Test
  @Rule("A4")
  void allOf_opportunistic_holdsUpNobody() throws Exception {
    Permit all = two.acquire(2);
    CompletableFuture<Optional<Permit>> waiting =
        client.acquireAsync(Acquire.opportunistic(four.permits(4), two.permits(1)));
    eventually().until(() -> four.info().waiting() == 1);
    try (Permit overtaking = four.tryAcquire().orElseThrow()) {
      assertThat(overtaking.isHeld()).isTrue();
    }
    all.close();
    assertThat(waiting.get()).isPresent();
  }

  @Test
  @Rule("A5")
  void anyOf_saysWhichItWas() throws Exception {
    try (Permit all = four.acquire(4)) {
      Permit any = client.acquire(Acquire.anyOf(four.permits(1), two.permits(1))).orElseThrow();
      assertThat(any.choice()).isEqualTo(1);
      assertThat(any.semaphore()).isEqualTo("two");
      assertThat(any.release().previousCount()).isEqualTo(1);
      assertThat(all.isHeld()).isTrue();
    }
  }

  @Test
  @Rule("A6")
  void releaseAndAcquire_isOneStep() throws Exception {
    Permit first = four.acquire();
    ReleasedAndAcquired done =
        client.releaseAndAcquire(
            List.of(ReleaseItem.giveBack(first)), Acquire.of(two, 2).within(ofSeconds(1)));
    assertThat(done.released().get(0).previousCount()).isEqualTo(3);
    assertThat(done.permit().orElseThrow().permits()).isEqualTo(2);
    assertThat(first.isHeld()).isFalse();
    assertThat(count(four)).isEqualTo(4);
  }

  @Test
  @Rule("A6")
  void releaseAndAcquire_timeOutDoesNotUndoTheRelease() throws Exception {
    Permit first = four.acquire();
    try (Permit all = two.acquire(2)) {
      ReleasedAndAcquired done =
          client
              .releaseAndAcquireAsync(
                  List.of(ReleaseItem.giveBack(first)), Acquire.of(two, 1).within(ofMillis(10)))
              .get();
      assertThat(done.permit()).isEmpty();
      assertThat(count(four)).isEqualTo(4);
      assertThat(all.isHeld()).isTrue();
    }
  }

  @Test
  @Rule("A6")
  void releaseAndAcquire_refusedRelease_leavesThePermitHeld() throws Exception {
    Permit first = four.acquire();
    List<ReleaseItem> items = List.of(ReleaseItem.giveBack(first), ReleaseItem.signal(two, 1));
    assertThatThrownBy(() -> client.releaseAndAcquire(items, Acquire.of(two, 1)))
        .isInstanceOf(TooManyPosts.class);
    assertThat(first.isHeld()).isTrue();
    assertThat(count(two)).isEqualTo(2);
  }

  @Test
  @Rule("A8")
  void numberedPermits_haveSlotsAndEpochs_andGoBackBySlot() throws Exception {
    RemoteSemaphore slots = client.semaphores().create("slots", SemaphoreSpec.max(3).numbered());
    Permit permit = slots.acquire(3);
    assertThat(permit.parts().get(0).slots()).containsExactly(0, 1, 2);
    assertThat(permit.parts().get(0).epochs()).containsExactly(1L, 1L, 1L);
    assertThat(
            client
                .release(List.of(ReleaseItem.giveBackSlots(permit, "slots", 1)))
                .get(0)
                .released())
        .isTrue();
    Permit again = slots.acquire();
    assertThat(again.parts().get(0).slots()).containsExactly(1);
    assertThat(again.parts().get(0).epochs()).containsExactly(2L);
    assertThat(again.grantedAtMicros()).isGreaterThanOrEqualTo(permit.grantedAtMicros());
  }

  @Test
  @Rule("A9")
  void consumedPermit_isAReceipt() throws Exception {
    Permit receipt = client.acquire(Acquire.of(four, 3).consume()).orElseThrow();
    assertThat(receipt.id()).isEmpty();
    assertThat(receipt.isHeld()).isFalse();
    assertThat(receipt.parts().get(0).consumed()).isTrue();
    receipt.close();
    assertThat(receipt.release().released()).isFalse();
    assertThat(receipt.closeAsync().get().released()).isFalse();
    assertThat(count(four)).isEqualTo(1);
  }

  @Test
  @Rule("Q2")
  void concurrencyAndRate_inOneAcquire() throws Exception {
    RemoteSemaphore rate =
        client.semaphores().create("rate", SemaphoreSpec.max(1).refill(1, Duration.ofHours(1)));
    Acquire both = Acquire.allOf(four.permits(1), rate.permits(1)).within(ofMillis(10));
    Permit permit = client.acquire(both).orElseThrow();
    assertThat(permit.isHeld()).isTrue();
    assertThat(client.acquire(both)).isEmpty();
    permit.close();
    eventually().until(() -> count(four) == 4);
    assertThat(count(rate)).isZero();
  }

  @Test
  @Rule("A10")
  void holdLimit_takesThePermitBack_andSaysSo() throws Exception {
    Permit permit = client.acquire(Acquire.of(four, 2).holdAtMost(ofMillis(50))).orElseThrow();
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    permit.onLost(lost::complete);
    assertThat(lost.get(20, TimeUnit.SECONDS)).isEqualTo(LossReason.HOLD_LIMIT);
    assertThat(permit.isHeld()).isFalse();
    assertThat(permit.release().notHeldBecause()).contains(LossReason.HOLD_LIMIT);
    CompletableFuture<LossReason> late = new CompletableFuture<>();
    permit.onLost(late::complete);
    assertThat(late.get()).isEqualTo(LossReason.HOLD_LIMIT);
    assertThat(count(four)).isEqualTo(4);
  }

  @Test
  @Rule("O7")
  void drain_takesWhatIsThere() throws Exception {
    try (Permit one = four.acquire()) {
      Permit rest = four.drain().orElseThrow();
      assertThat(rest.permits()).isEqualTo(3);
      assertThat(four.drainAsync().get()).isEmpty();
      assertThat(rest.release().previousCount()).isZero();
      assertThat(one.isHeld()).isTrue();
    }
  }

  @Test
  @Rule("R1")
  void release_tellsThePreviousCount() throws Exception {
    RemoteSemaphore zero = client.semaphores().create("zero", SemaphoreSpec.max(5).initial(0));
    assertThat(zero.release(2).previousCount()).isZero();
    assertThat(zero.releaseAsync(3).get().previousCount()).isEqualTo(2);
    assertThatThrownBy(() -> zero.release(0)).isInstanceOf(InvalidArgument.class);
  }

  @Test
  @Rule({"R4", "E1"})
  void closedPermit_countsAsReturned_beforeAnyAnswer() throws Exception {
    RemoteSemaphore one = client.semaphores().create("one", SemaphoreSpec.max(1));
    for (int i = 0; i < 500; i++) {
      Permit permit = one.tryAcquire().orElseThrow();
      permit.close();
      assertThat(permit.isHeld()).isFalse();
    }
  }

  @Test
  @Rule({"R4", "L5"})
  void permitThatIsClosedWithoutAConnection_isReturnedAfterTheResume() throws Exception {
    Permit permit =
        remoteClient(ofSeconds(60)).semaphores().open("four").tryAcquire(4).orElseThrow();
    network().refuse();
    network().cut();
    permit.close();
    assertThat(permit.isHeld()).isFalse();
    assertThat(count(four)).isZero();
    network().restore();
    eventually().until(() -> count(four) == 4);
  }

  @Test
  @Rule("R2")
  void release_beyondMax_changesNothing() throws Exception {
    assertThatExceptionOfType(TooManyPosts.class)
        .isThrownBy(() -> four.release(1))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("TOO_MANY_POSTS"))
        .satisfies(e -> assertThat(e.getStackTrace()[0].getClassName()).contains("Call"));
    assertThatThrownBy(four.releaseAsync(1)::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TooManyPosts.class);
    assertThat(count(four)).isEqualTo(4);
  }

  @Test
  @Rule("R3")
  void releaseOfMany_isAllOrNothing_andNamesTheItem() throws Exception {
    Permit permit = four.acquire(2);
    List<ReleaseItem> refused = List.of(ReleaseItem.giveBack(permit), ReleaseItem.signal(two, 1));
    assertThatExceptionOfType(TooManyPosts.class)
        .isThrownBy(() -> client.release(refused))
        .satisfies(e -> assertThat(e.item()).isEqualTo(1));
    assertThat(count(four)).isEqualTo(2);
    assertThat(permit.isHeld()).isTrue();
    RemoteSemaphore zero = client.semaphores().create("zero", SemaphoreSpec.max(5).initial(0));
    List<ReleaseResult> results =
        client
            .releaseAsync(
                List.of(
                    ReleaseItem.giveBack(permit, "four", 1),
                    ReleaseItem.signal(zero, 2),
                    ReleaseItem.giveBack(permit)))
            .get();
    assertThat(results).extracting(ReleaseResult::previousCount).containsExactly(2, 0, 3);
    assertThat(permit.isHeld()).isFalse();
  }

  @Test
  void releaseOfNothing_doesNothing() throws Exception {
    assertThat(client.release(List.of())).isEmpty();
  }

  @Test
  @Rule("R4")
  void secondRelease_changesNothing() throws Exception {
    Permit permit = four.acquire(2);
    assertThat(permit.release().previousCount()).isEqualTo(2);
    permit.close();
    assertThat(permit.release().released()).isFalse();
    assertThat(permit.closeAsync().get().released()).isFalse();
    assertThat(count(four)).isEqualTo(4);
    assertThatThrownBy(permit::ensureHeld).isInstanceOf(SignalboxException.GrantExpired.class);
  }

  @Test
  @Rule("R4")
  void permitIsGivenBackInParts() throws Exception {
    Permit permit = four.acquire(3);
    assertThat(permit.release(2).previousCount()).isEqualTo(1);
    assertThat(permit.isHeld()).isTrue();
    assertThat(permit.release(2).released()).isFalse();
    assertThat(permit.release(1).released()).isTrue();
    assertThat(permit.isHeld()).isFalse();
    assertThat(count(four)).isEqualTo(4);
  }

  @Test
  @Rule("R4")
  void permitIsGivenBackBySomebodyElse_whoKnowsItsId() throws Exception {
    Permit permit = four.acquire(2);
    SignalboxClient other = client();
    assertThat(other.release(List.of(ReleaseItem.giveBack(permit.id()))).get(0).released())
        .isTrue();
    assertThat(count(four)).isEqualTo(4);
    assertThat(permit.release().released()).isFalse();
    assertThatThrownBy(() -> ReleaseItem.giveBack("x")).isInstanceOf(InvalidArgument.class);
  }

  @Test
  @Rule("R5")
  void plainRelease_givesBackOurOwnFirst_andThePermitKnows() throws Exception {
    Permit older = four.acquire(2);
    Permit newer = four.acquire(2);
    assertThat(four.release(3).previousCount()).isZero();
    assertThat(older.isHeld()).isFalse();
    assertThat(newer.isHeld()).isTrue();
    assertThat(newer.release().previousCount()).isEqualTo(3);
    assertThat(count(four)).isEqualTo(4);
  }

  @Test
  @Rule("O8")
  void ownerOnly_takesBackWhatIsHeldAlone() throws Exception {
    RemoteSemaphore owned = client.semaphores().create("owned", SemaphoreSpec.max(2).ownerOnly());
    Permit permit = owned.acquire();
    assertThatThrownBy(() -> owned.release(2)).isInstanceOf(NotHeld.class);
    assertThat(permit.isHeld()).isTrue();
    assertThat(owned.release(1).previousCount()).isEqualTo(1);
    assertThat(permit.isHeld()).isFalse();
  }

  @Test
  @Rule("A7")
  void cancelledFuture_leavesTheQueue() throws Exception {
    Permit all = four.acquire(4);
    CompletableFuture<Permit> waiting = four.acquireAsync();
    eventually().until(() -> four.info().waiting() == 1);
    assertThat(waiting.cancel(true)).isTrue();
    eventually().until(() -> four.info().waiting() == 0);
    assertThat(all.isHeld()).isTrue();
  }

  @Test
  @Rule("A7")
  void futureThatRunsOutOfTheCallersPatience_leavesTheQueue() throws Exception {
    Permit all = four.acquire(4);
    CompletableFuture<Permit> waiting = four.acquireAsync().orTimeout(50, TimeUnit.MILLISECONDS);
    assertThatThrownBy(waiting::get).hasCauseInstanceOf(TimeoutException.class);
    eventually().until(() -> four.info().waiting() == 0);
    assertThat(all.isHeld()).isTrue();
  }

  @Test
  @Rule("A7")
  void interruptedAcquire_leavesTheQueue() throws Exception {
    Permit all = four.acquire(4);
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread waiting =
        new Thread(() -> {
          try {
            four.acquire().close();
          } catch (InterruptedException e) {
            thrown.complete(e);
          }
        });
    waiting.start();
    eventually().until(() -> four.info().waiting() == 1);
    waiting.interrupt();
    assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    eventually().until(() -> four.info().waiting() == 0);
    assertThat(all.isHeld()).isTrue();
  }

  @Test
  void futuresAreCompleted_onTheGivenExecutor() throws Exception {
    SignalboxClient other =
        started(
            builder()
                .target("127.0.0.1:" + server().port())
                .executor(task -> new Thread(task, "mine").start()));
    Permit all = four.acquire(4);
    CompletableFuture<String> completedBy =
        other
            .semaphores()
            .open("four")
            .acquireAsync()
            .thenApply(permit -> Thread.currentThread().getName());
    all.close();
    assertThat(completedBy.get()).isEqualTo("mine");
  }
}
