package dev.signalbox.client.callback;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Refusals;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Rule("C9")
class WaitObjectTest extends PoolFixture {
  private static final Acquire REQUEST = Acquire.of(FakeService.semaphore("a/s"), 1);

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger ran = new AtomicInteger();

  private WaitObject object(CallbackPool pool, boolean rearming) {
    return pool.waitObject(REQUEST, (instance, grant) -> ran.incrementAndGet(), rearming);
  }

  @Test
  void oneThatIsNotArmed_waitsForNothing() throws Exception {
    WaitObject object = object(pool(), false);
    assertThat(object.isArmed()).isFalse();
    assertThat(object.completion()).isCompleted();
    assertThat(object.disarm()).isFalse();
    object.awaitCallbacks(true);
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void arming_isGoodForOneCallback() throws Exception {
    WaitObject object = object(pool(), false);
    for (int i = 1; i <= 3; i++) {
      object.arm();
      object.arm();
      FakeService.Acquiring acquiring = service.nextAcquire();
      assertThat(service.isQuiet()).as("armed once").isTrue();
      assertThat(object.isArmed()).isTrue();
      acquiring.grant();
      service.next().applied();
      object.completion().get(20, TimeUnit.SECONDS);
      assertThat(object.isArmed()).isFalse();
      assertThat(ran).hasValue(i);
    }
  }

  @Test
  void callback_mayArmItAgain() throws Exception {
    List<WaitObject> self = new ArrayList<>();
    self.add(
        pool()
            .waitObject(
                REQUEST,
                (instance, grant) -> {
                  if (ran.incrementAndGet() < 3) {
                    self.get(0).arm();
                  }
                },
                false));
    self.get(0).arm();
    for (int i = 0; i < 3; i++) {
      service.nextAcquire().timesOut();
    }
    await().until(() -> ran.get() == 3 && !self.get(0).isArmed());
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void rearmingOne_asksAgainWhenTheGrantIsBack() throws Exception {
    WaitObject object = object(pool(), true);
    object.arm();
    for (int i = 0; i < 3; i++) {
      service.nextAcquire().grant();
      FakeService.Request release = service.next();
      assertThat(service.isQuiet()).as("not before the release was applied").isTrue();
      assertThat(object.isArmed()).isTrue();
      release.applied();
    }
    service.nextAcquire().timesOut();
    FakeService.Acquiring last = service.nextAcquire();
    assertThat(ran).hasValue(4);
    assertThat(object.completion()).isNotDone();
    assertThat(object.disarm()).isTrue();
    await().until(last::isCancelled);
    assertThat(object.isArmed()).isFalse();
    assertThat(catchThrowable(() -> object.completion().get(20, TimeUnit.SECONDS)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void rearmingOne_disarmedWhileItsCallbackRuns_asksNoMore() throws Exception {
    CallbackPool pool = pool();
    WaitObject object =
        pool.waitObject(
            REQUEST,
            (instance, grant) -> {
              ran.incrementAndGet();
              pass(gate);
            },
            true);
    object.arm();
    service.nextAcquire().timesOut();
    await().until(() -> ran.get() == 1);
    assertThat(object.disarm()).isFalse();
    assertThat(object.awaitCallbacks(false, ofMillis(20))).isFalse();
    gate.countDown();
    object.awaitCallbacks(true);
    assertThat(catchThrowable(() -> object.completion().get(20, TimeUnit.SECONDS)))
        .isInstanceOf(CancellationException.class);
    pool.close();
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void rearmingOne_goesOnAfterWhatPasses() throws Exception {
    CallbackPool pool = pool();
    WaitObject object =
        pool.waitObject(
            REQUEST,
            (instance, grant) -> {
              throw new IllegalStateException("run " + ran.incrementAndGet());
            },
            true);
    object.arm();
    service.nextAcquire().fails(Refusals.sessionLost());
    service.nextAcquire().timesOut();
    service.nextAcquire().fails(Refusals.unavailable());
    CountDownLatch busy = new CountDownLatch(1);
    pool.submit(waitingFor(busy));
    FakePermit cancelled = service.nextAcquire().grant();
    await().until(() -> pool.metrics().queued() == 1);
    assertThat(pool.cancelPending()).isEqualTo(1);
    assertThat(cancelled.timesClosed()).isEqualTo(1);
    service.nextAcquire();
    assertThat(object.isArmed()).isTrue();
    assertThat(notAcquired).hasSize(2);
    assertThat(thrown).hasSize(1);
    busy.countDown();
  }

  @Test
  void rearmingOne_endsWithAnAcquireThatWillNeverSucceed() throws Exception {
    CallbackPool pool = pool();
    WaitObject object = object(pool, true);
    object.arm();
    SignalboxException gone = Refusals.notFound();
    service.nextAcquire().fails(gone);
    assertThat(catchThrowable(() -> object.completion().get(20, TimeUnit.SECONDS))).hasCause(gone);
    assertThat(object.isArmed()).isFalse();
    pool.close();
    assertThat(pool.metrics().waits()).isZero();
    assertThat(service.isQuiet()).isTrue();
  }

  @Test
  void rearmingOne_keepsItsPlaceAmongTheWaits() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).waits(1));
    WaitObject object = object(pool, true);
    object.arm();
    for (int i = 0; i < 50; i++) {
      service.nextAcquire().timesOut();
      assertThat(catchThrowable(() -> pool.submitWhenAcquired(REQUEST, (any, grant) -> {})))
          .isInstanceOf(RejectedExecutionException.class);
    }
    assertThat(pool.metrics().waits()).isEqualTo(1);
  }

  @Test
  void poolClose_endsItForGood() throws Exception {
    CallbackPool pool = pool();
    WaitObject object = object(pool, true);
    object.arm();
    service.nextAcquire().timesOut();
    FakeService.Acquiring pending = service.nextAcquire();
    pool.close();
    assertThat(catchThrowable(() -> object.completion().get(20, TimeUnit.SECONDS)))
        .isInstanceOf(CancellationException.class);
    await().until(pending::isCancelled);
    assertThat(object.isArmed()).isFalse();
    assertThatThrownBy(object::arm).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void closedOne_cannotBeArmed() throws Exception {
    WaitObject object = object(pool(), true);
    object.arm();
    FakeService.Acquiring pending = service.nextAcquire();
    object.close();
    object.close();
    assertThat(pending.isCancelled()).isTrue();
    assertThatThrownBy(object::arm)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("wait object is closed");
  }

  @Test
  void awaiting_waitsForNoGrantButForWhatIsQueued() throws Exception {
    CallbackPool pool = pool();
    WaitObject object = object(pool, false);
    object.arm();
    assertThat(object.awaitCallbacks(false, ofSeconds(20))).isTrue();
    pool.submit(waitingFor(gate));
    FakePermit permit = service.nextAcquire().grant();
    await().until(() -> pool.metrics().queued() == 1);
    assertThat(object.awaitCallbacks(false, ofMillis(20))).isFalse();
    assertThat(object.awaitCallbacks(true, ofSeconds(20))).isTrue();
    assertThat(permit.timesClosed()).isEqualTo(1);
    assertThat(ran).hasValue(0);
    gate.countDown();
  }

  @Test
  @Rule("C7")
  void dissociatedCallback_isNotWaitedForButHoldsUpTheRearming() throws Exception {
    WaitObject object =
        pool()
            .waitObject(
                REQUEST,
                (instance, grant) -> {
                  instance.disassociateCurrentThread();
                  ran.incrementAndGet();
                  pass(gate);
                },
                true);
    object.arm();
    service.nextAcquire().timesOut();
    await().until(() -> ran.get() == 1);
    assertThat(object.awaitCallbacks(false, ofSeconds(20))).isTrue();
    assertThat(service.isQuiet()).isTrue();
    gate.countDown();
    service.nextAcquire();
  }
}
