package dev.signalbox.client.callback;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.LossReason;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

@Rule("C9")
class WaitTest extends PoolFixture {
  private static final Acquire REQUEST = Acquire.of(FakeService.semaphore("a/s"), 1);

  private final CountDownLatch gate = new CountDownLatch(1);

  private final AcquiredCallback noting =
      (instance, grant) -> diary.add(grant.isPresent() ? "granted" : "timed out");

  @Test
  void grant_queuesTheCallbackAndIsGivenBackWhenItReturns() throws Exception {
    CallbackPool pool = pool();
    Acquire request = REQUEST.within(ofSeconds(30));
    WaitHandle wait = pool.submitWhenAcquired(request, noting);
    FakeService.Acquiring acquiring = service.nextAcquire();
    assertThat(acquiring.request()).isEqualTo(request);
    assertThat(wait.state()).isEqualTo(CallbackState.ACQUIRING);
    assertThat(pool.metrics().threads()).as("no thread waits").isZero();
    assertThat(pool.metrics().waits()).isEqualTo(1);
    FakePermit permit = acquiring.grant();
    FakeService.Request release = service.next();
    assertThat(release.items()).containsExactly(ReleaseItem.giveBack(permit.get()));
    stays(wait);
    release.applied();
    complete(wait);
    assertThat(diary).containsExactly("granted");
    assertThat(permit.timesClosed()).isZero();
    assertThat(wait.cancel()).as("too late").isFalse();
    await().untilAsserted(() -> assertThat(pool.metrics().waits()).isZero());
  }

  @Test
  void grantAndOtherIntents_goBackInOneRequest() throws Exception {
    WaitHandle wait =
        pool()
            .submitWhenAcquired(
                REQUEST,
                (instance, grant) ->
                    instance.releaseSemaphoreWhenCallbackReturns(
                        FakeService.semaphore("a/done"), 1));
    service.nextAcquire().grant();
    FakeService.Request release = service.next();
    assertThat(release.items()).hasSize(2);
    release.applied();
    complete(wait);
  }

  @Test
  void timeOut_runsTheCallbackAndTellsIt() throws Exception {
    WaitHandle wait = pool().submitWhenAcquired(REQUEST, noting);
    service.nextAcquire().timesOut();
    complete(wait);
    assertThat(diary).containsExactly("timed out");
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void keptGrant_staysHeldAndIsTheCallbacksAffair() throws Exception {
    WaitHandle wait =
        pool()
            .submitWhenAcquired(
                REQUEST,
                (instance, grant) -> instance.keepWhenCallbackReturns(grant.orElseThrow()));
    FakePermit permit = service.nextAcquire().grant();
    complete(wait);
    assertThat(service.isQuiet()).isTrue();
    assertThat(permit.timesClosed()).isZero();
  }

  @Test
  void keptGrant_canBeRegisteredForSuccessOnly() throws Exception {
    WaitHandle wait =
        pool()
            .submitWhenAcquired(
                REQUEST,
                (instance, grant) -> {
                  instance.keepWhenCallbackReturns(grant.orElseThrow());
                  instance.onSuccess().releaseWhenCallbackReturns(grant.orElseThrow());
                });
    FakePermit permit = service.nextAcquire().grant();
    FakeService.Request release = service.next();
    assertThat(release.items()).containsExactly(ReleaseItem.giveBack(permit.get()));
    release.applied();
    complete(wait);
  }

  @Test
  void keptGrant_leavesTheNamespaceToOthers() throws Exception {
    WaitHandle wait =
        pool()
            .submitWhenAcquired(
                REQUEST,
                (instance, grant) -> {
                  instance.keepWhenCallbackReturns(grant.orElseThrow());
                  instance.releaseSemaphoreWhenCallbackReturns(FakeService.semaphore("b/s"), 1);
                });
    service.nextAcquire().grant();
    service.next().applied();
    complete(wait);
  }

  @Test
  void consumedGrant_isNotGivenBack() throws Exception {
    WaitHandle wait = pool().submitWhenAcquired(REQUEST.consume(), noting);
    FakePermit receipt = service.permit("a/s");
    receipt.consumed();
    service.nextAcquire().grants(receipt);
    complete(wait);
    assertThat(diary).containsExactly("granted");
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void throwingCallback_hasReturned() throws Exception {
    WaitHandle wait =
        pool()
            .submitWhenAcquired(
                REQUEST,
                (instance, grant) -> {
                  throw new IllegalArgumentException("as it should");
                });
    service.nextAcquire().grant();
    service.next().applied();
    assertThat(failureOf(wait)).hasMessage("as it should");
    assertThat(thrown).hasSize(1);
  }

  @Test
  void cancelledBeforeTheGrant_cancelsTheAcquire() throws Exception {
    CallbackPool pool = pool();
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    FakeService.Acquiring acquiring = service.nextAcquire();
    assertThat(wait.cancel()).isTrue();
    assertThat(acquiring.isCancelled()).isTrue();
    assertThat(wait.completion()).isCancelled();
    assertThat(wait.state()).isEqualTo(CallbackState.CANCELLED);
    FakePermit crossing = acquiring.grant();
    await().until(() -> crossing.timesClosed() == 1);
    assertThat(wait.cancel()).as("still").isTrue();
    assertThat(pool.metrics().waits()).isZero();
    assertThat(pool.metrics().cancelled()).isEqualTo(1);
    pool.close();
    assertThat(diary).isEmpty();
  }

  @Test
  void cancelledWhileItsCallbackIsQueued_givesTheGrantBack() throws Exception {
    CallbackPool pool = pool();
    CallbackHandle busy = pool.submit(waitingFor(gate));
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    FakePermit permit = service.nextAcquire().grant();
    await().until(() -> wait.state() == CallbackState.QUEUED);
    assertThat(wait.cancel()).isTrue();
    assertThat(permit.timesClosed()).isEqualTo(1);
    assertThat(wait.completion()).isCancelled();
    assertThat(pool.metrics().queued()).isZero();
    gate.countDown();
    complete(busy);
    pool.close();
    assertThat(diary).isEmpty();
    assertThat(permit.timesClosed()).isEqualTo(1);
  }

  @Test
  void cancelledWhileItsCallbackRuns_isRefused() throws Exception {
    WaitHandle wait = pool().submitWhenAcquired(REQUEST, (instance, grant) -> pass(gate));
    service.nextAcquire().timesOut();
    await().until(() -> wait.state() == CallbackState.RUNNING);
    assertThat(wait.cancel()).isFalse();
    assertThat(wait.awaitCallbacks(true, ofMillis(20))).isFalse();
    gate.countDown();
    wait.awaitCallbacks(true);
    complete(wait);
  }

  @Test
  void cancelPendingOfThePool_givesGrantsOfQueuedCallbacksBackAndLeavesOtherWaits()
      throws Exception {
    CallbackPool pool = pool();
    CallbackHandle busy = pool.submit(waitingFor(gate));
    WaitHandle queued = pool.submitWhenAcquired(REQUEST, noting);
    FakePermit permit = service.nextAcquire().grant();
    WaitHandle waits = pool.submitWhenAcquired(REQUEST, noting);
    await().until(() -> queued.state() == CallbackState.QUEUED);
    assertThat(pool.cancelPending()).isEqualTo(1);
    assertThat(queued.completion()).isCancelled();
    assertThat(permit.timesClosed()).isEqualTo(1);
    gate.countDown();
    complete(busy);
    service.nextAcquire().timesOut();
    complete(waits);
  }

  @Test
  void failedAcquire_isReportedAndTheCallbackDoesNotRun() throws Exception {
    CallbackPool pool = pool();
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    IllegalStateException refusal = new IllegalStateException("no such semaphore");
    service.nextAcquire().fails(refusal);
    assertThat(failureOf(wait)).isSameAs(refusal);
    assertThat(wait.state()).isEqualTo(CallbackState.CANCELLED);
    assertThat(notAcquired).containsExactly(refusal);
    assertThat(pool.metrics().acquiresFailed()).isEqualTo(1);
    pool.close();
    assertThat(pool.metrics().waits()).isZero();
    assertThat(diary).isEmpty();
  }

  @Test
  void grantLostWhileTheCallbackIsQueued_isNoGrant() throws Exception {
    CallbackPool pool = pool();
    pool.submit(waitingFor(gate));
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    FakePermit permit = service.nextAcquire().grant();
    await().until(() -> wait.state() == CallbackState.QUEUED);
    permit.lose(LossReason.SESSION_LOST);
    gate.countDown();
    assertThat(failureOf(wait)).hasMessage("not held");
    assertThat(notAcquired).hasSize(1);
    assertThat(diary).isEmpty();
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void grants_findRoomInAFullQueue() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).queue(1).waits(3));
    pool.submit(waitingFor(gate));
    pool.submit(waitingFor(gate));
    List<WaitHandle> waits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waits.add(pool.submitWhenAcquired(REQUEST, noting));
      service.nextAcquire().timesOut();
    }
    await().until(() -> pool.metrics().queued() == 4);
    assertThatThrownBy(() -> pool.submitWhenAcquired(REQUEST, noting))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("3 waits");
    assertThat(pool.trySubmit(instance -> {})).as("they count for others").isEmpty();
    assertThat(pool.metrics().rejected()).isEqualTo(2);
    gate.countDown();
    for (WaitHandle wait : waits) {
      complete(wait);
    }
    await().until(() -> pool.metrics().waits() == 0);
    pool.submitWhenAcquired(REQUEST, noting).cancel();
  }

  @Test
  void poolClosedWhileAWaitIsPending_cancelsIt() throws Exception {
    CallbackPool pool = pool();
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    FakeService.Acquiring acquiring = service.nextAcquire();
    pool.close();
    assertThat(wait.completion()).isCancelled();
    FakePermit crossing = acquiring.grant();
    await().until(() -> crossing.timesClosed() == 1);
    assertThatThrownBy(() -> pool.submitWhenAcquired(REQUEST, noting))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed");
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void poolClosedWhileACallbackIsQueuedForItsGrant_letsItRun() throws Exception {
    CallbackPool pool = pool();
    pool.submit(waitingFor(gate));
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    service.nextAcquire().grant();
    await().until(() -> wait.state() == CallbackState.QUEUED);
    assertThat(pool.close(ofMillis(0))).isFalse();
    gate.countDown();
    service.next().applied();
    complete(wait);
  }

  @Test
  void executorWithoutThreads_failsTheWaitAndGivesTheGrantBack() throws Exception {
    CallbackPool pool =
        pool(
            PoolOptions.threads(0, 1)
                .executor(task -> {
                  throw new RejectedExecutionException("shut down");
                }));
    WaitHandle wait = pool.submitWhenAcquired(REQUEST, noting);
    FakePermit permit = service.nextAcquire().grant();
    assertThat(failureOf(wait)).isInstanceOf(RejectedExecutionException.class);
    assertThat(permit.timesClosed()).isEqualTo(1);
    pool.close();
    assertThat(pool.metrics().waits()).isZero();
  }

  @Test
  void request_thatIsRefusedAtOnce_leavesNothingBehind() {
    CallbackPool pool = pool();
    service.refusing(new IllegalArgumentException("permits"));
    assertThatThrownBy(() -> pool.submitWhenAcquired(REQUEST, noting)).hasMessage("permits");
    assertThat(pool.metrics().waits()).isZero();
    assertThat(pool.metrics().submitted()).isZero();
  }
}
