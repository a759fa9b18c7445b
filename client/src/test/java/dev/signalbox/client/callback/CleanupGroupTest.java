package dev.signalbox.client.callback;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Acquire;
import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@Rule("C10")
class CleanupGroupTest extends PoolFixture {
  private static final Acquire REQUEST = Acquire.of(FakeService.semaphore("a/s"), 1);

  private final CountDownLatch gate = new CountDownLatch(1);

  private Callback noting(String what) {
    return instance -> diary.add(what);
  }

  private CallbackSubmitter cancelling(CleanupGroup group, String what) {
    return group.onCancel(() -> diary.add("cancel " + what));
  }

  /** Keeps the only thread busy until the gate opens. */
  private CallbackHandle busy(CallbackSubmitter group) throws InterruptedException {
    CallbackHandle busy = group.submit(waitingFor(gate));
    await().until(() -> busy.state() == CallbackState.RUNNING);
    return busy;
  }

  @Test
  void close_letsWhatIsQueuedRunAndWaits() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    CallbackHandle single = cancelling(group, "single").submit(noting("single"));
    CallbackHandle run = cancelling(group, "work").work(noting("work")).submit();
    assertThat(group.close(false, ofMillis(20))).isFalse();
    gate.countDown();
    group.close();
    assertThat(single.completion()).isCompleted();
    assertThat(run.completion()).isCompleted();
    assertThat(diary).containsExactly("single", "work");
  }

  @Test
  void close_waitsForIntents() throws Exception {
    CleanupGroup group = pool().cleanupGroup();
    CallbackHandle member =
        group.submit(instance -> instance.releaseWhenCallbackReturns(service.permit("a/s").get()));
    FakeService.Request request = service.next();
    assertThat(group.close(true, ofMillis(20))).isFalse();
    request.applied();
    group.close(true);
    assertThat(member.completion()).isCompleted();
  }

  @Test
  void closeThatCancels_runsEachObjectsHandlerOnceInTheirOrder() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    CallbackHandle running = busy(cancelling(group, "running"));
    Work idle = cancelling(group, "idle").work(noting("idle"));
    List<CallbackHandle> pending = new ArrayList<>();
    pending.add(cancelling(group, "single").submit(noting("single")));
    Work work = cancelling(group, "work").work(noting("work"));
    pending.add(work.submit());
    WaitHandle wait = cancelling(group, "wait").submitWhenAcquired(REQUEST, (i, g) -> {});
    FakeService.Acquiring acquiring = service.nextAcquire();
    pending.add(work.submit());
    WaitObject object = cancelling(group, "object").waitObject(REQUEST, (i, g) -> {}, true);
    object.arm();
    FakePermit granted = service.nextAcquire().grant();
    pending.add(group.submit(noting("without a handler")));
    await().until(() -> pool.metrics().queued() == 5);
    FutureTask<Boolean> closer = waiting(() -> group.close(true, java.time.Duration.ofSeconds(20)));
    assertThat(pending).allSatisfy(each -> assertThat(each.completion()).isCancelled());
    assertThat(wait.completion()).isCancelled();
    assertThat(acquiring.isCancelled()).isTrue();
    assertThat(granted.timesClosed()).isEqualTo(1);
    await().until(() -> !object.isArmed());
    assertThat(pool.metrics().queued()).isZero();
    assertThat(closer.isDone()).isFalse();
    assertThat(diary).as("a callback of the group still runs").isEmpty();
    gate.countDown();
    assertThat(closer.get(20, TimeUnit.SECONDS)).isTrue();
    complete(running);
    assertThat(diary)
        .containsExactly("cancel single", "cancel work", "cancel wait", "cancel object");
    assertThat(idle.trySubmit()).isEmpty();
  }

  @Test
  void handlers_runOnTheClosingThread() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    AtomicReference<Thread> on = new AtomicReference<>();
    CallbackHandle member =
        group.onCancel(() -> on.set(Thread.currentThread())).submit(noting("member"));
    group.close(true);
    assertThat(on).hasValue(Thread.currentThread());
    assertThat(member.completion()).isCancelled();
    gate.countDown();
  }

  @Test
  void handlers_runWhenTheWaitingForRunningOnesRunsOut() throws Exception {
    CleanupGroup group = pool().cleanupGroup();
    CallbackHandle running = busy(group);
    cancelling(group, "member").submit(noting("member"));
    assertThat(group.close(true, ofMillis(20))).isFalse();
    assertThat(diary).containsExactly("cancel member");
    gate.countDown();
    complete(running);
    assertThat(group.close(true, java.time.Duration.ofSeconds(20))).isTrue();
    assertThat(diary).hasSize(1);
  }

  @Test
  void handlerThatThrows_isReportedAndHoldsUpNothing() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    CallbackHandle first =
        group
            .onCancel(() -> {
              throw new IllegalArgumentException("as it should");
            })
            .submit(noting("first"));
    cancelling(group, "second").submit(noting("second"));
    group.close(true);
    assertThat(first.completion()).isCancelled();
    assertThat(thrown)
        .singleElement()
        .hasToString("java.lang.IllegalArgumentException: as it should");
    assertThat(diary).containsExactly("cancel second");
    gate.countDown();
  }

  @Test
  void close_cancelsWaitsThatMightNeverEnd() throws Exception {
    CleanupGroup group = pool().cleanupGroup();
    WaitHandle wait = cancelling(group, "wait").submitWhenAcquired(REQUEST, (i, g) -> {});
    group.close();
    assertThat(wait.completion()).isCancelled();
    FakePermit crossing = service.nextAcquire().grant();
    await().until(() -> crossing.timesClosed() == 1);
    assertThat(diary).isEmpty();
  }

  @Test
  void othersOfThePool_areLeftAlone() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    CallbackHandle another = pool.cleanupGroup().submit(noting("another's"));
    CallbackHandle poolsOwn = pool.submit(noting("the pool's"));
    group.submit(noting("member"));
    group.close(true);
    gate.countDown();
    complete(another);
    complete(poolsOwn);
    assertThat(diary).containsExactly("another's", "the pool's");
  }

  @Test
  void closedGroup_takesNoMembers() {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    Work work = group.work(noting("work"));
    group.close();
    group.close(true);
    assertThatThrownBy(() -> group.submit(noting("late")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the cleanup group is closed");
    assertThat(group.trySubmit(noting("late"))).isEmpty();
    assertThat(work.trySubmit()).isEmpty();
    assertThatThrownBy(() -> group.submitWhenAcquired(REQUEST, (i, g) -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> group.waitObject(REQUEST, (i, g) -> {}, false).arm())
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(service.isQuiet()).isTrue();
    assertThat(pool.metrics().waits()).isZero();
    assertThat(pool.metrics().rejected()).isEqualTo(5);
  }

  @Test
  void submitThatWaitsForRoom_isTurnedAwayWhenItsGroupIsClosed() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).queue(1));
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    pool.submit(noting("in the queue"));
    FutureTask<CallbackHandle> member = waiting(() -> group.submit(noting("member")));
    FutureTask<CallbackHandle> another = waiting(() -> pool.submit(noting("another")));
    group.close();
    assertThatThrownBy(member::get).hasCauseInstanceOf(RejectedExecutionException.class);
    gate.countDown();
    complete(another.get(20, TimeUnit.SECONDS));
    assertThat(diary).containsExactly("in the queue", "another");
  }

  @Test
  void secondCloser_waitsForTheHandlersOfTheFirst() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    CountDownLatch handling = new CountDownLatch(1);
    group
        .onCancel(() -> {
          try {
            pass(handling);
            diary.add("cancel");
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        })
        .submit(noting("member"));
    FutureTask<Void> first = waiting(() -> closed(group));
    FutureTask<Void> second = waiting(() -> closed(group));
    assertThat(second.isDone()).isFalse();
    handling.countDown();
    second.get(20, TimeUnit.SECONDS);
    assertThat(diary).containsExactly("cancel");
    first.get(20, TimeUnit.SECONDS);
    gate.countDown();
  }

  private static Void closed(CleanupGroup group) {
    group.close(true);
    return null;
  }

  @Test
  void closeThatCancels_endsTheWaitOfOneThatDoesNot() throws Exception {
    CallbackPool pool = pool();
    CleanupGroup group = pool.cleanupGroup();
    busy(pool);
    group.submit(noting("member"));
    FutureTask<Boolean> patient =
        waiting(() -> group.close(false, java.time.Duration.ofSeconds(20)));
    group.close(true);
    assertThat(patient.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(diary).isEmpty();
    gate.countDown();
  }

  @Test
  void closedByItsOwnCallback_isRefusedAndStaysOpen() throws Exception {
    CleanupGroup group = pool().cleanupGroup();
    assertThat(failureOf(group.submit(instance -> group.close())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("itself");
    Work dissociated =
        group.work(instance -> {
          instance.disassociateCurrentThread();
          group.close(true);
        });
    assertThat(failureOf(dissociated.submit())).isInstanceOf(IllegalStateException.class);
    complete(group.submit(noting("open")));
  }

  @Test
  void closeByAnotherPoolsCallback_isNoWaitForItself() throws Exception {
    CleanupGroup group = pool().cleanupGroup();
    complete(pool().submit(instance -> group.close()));
  }

  @Test
  void close_whenInterrupted_stopsWaitingOnly() throws Exception {
    CleanupGroup group = pool().cleanupGroup();
    CallbackHandle running = busy(group);
    Thread.currentThread().interrupt();
    group.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(running.completion()).isNotDone();
    assertThat(group.trySubmit(noting("late"))).isEmpty();
    gate.countDown();
    complete(running);
  }
}
