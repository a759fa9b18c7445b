package dev.signalbox.client.callback;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Rule("C1")
class WorkTest extends PoolFixture {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger ran = new AtomicInteger();

  @Test
  void sameWork_canBeSubmittedManyTimesAndRunsAtOnce() throws Exception {
    CyclicBarrier allThree = new CyclicBarrier(3);
    Work work =
        pool(PoolOptions.threads(0, 3)).work(instance -> allThree.await(20, TimeUnit.SECONDS));
    List<CallbackHandle> runs = List.of(work.submit(), work.submit(), work.submit());
    for (CallbackHandle run : runs) {
      complete(run);
    }
  }

  @Test
  void twoWorks_takeTurnsInTheOrderOfSubmission() throws Exception {
    CallbackPool pool = pool();
    Work a = pool.work(instance -> diary.add("a"));
    Work b = pool.work(instance -> diary.add("b"));
    pool.submit(waitingFor(gate));
    a.submit();
    a.submit();
    b.submit();
    a.submit();
    gate.countDown();
    a.awaitCallbacks(false);
    assertThat(diary).containsExactly("a", "a", "b", "a");
  }

  @Test
  void awaiting_returnsWhenTheIntentsAreApplied() throws Exception {
    Work work =
        pool()
            .work(instance -> {
              instance.releaseWhenCallbackReturns(service.permit("a/s").get());
            });
    CallbackHandle run = work.submit();
    FakeService.Request request = service.next();
    FutureTask<Void> waiter = waitingForAll(work);
    assertThat(work.awaitCallbacks(false, ofMillis(20))).isFalse();
    assertThat(waiter.isDone()).isFalse();
    request.applied();
    waiter.get(20, TimeUnit.SECONDS);
    assertThat(run.completion()).isCompleted();
  }

  private static FutureTask<Void> waitingForAll(CallbackObject object) {
    return waiting(() -> {
      object.awaitCallbacks(false);
      return null;
    });
  }

  @Test
  void awaiting_withNothingToWaitFor_returnsAtOnce() throws Exception {
    Work work = pool().work(instance -> {});
    work.awaitCallbacks(false);
    work.awaitCallbacks(true);
    complete(work.submit());
    assertThat(work.awaitCallbacks(true, ofSeconds(20))).isTrue();
  }

  @Test
  void awaiting_waitsForNoRunThatIsSubmittedLater() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 2));
    CountDownLatch second = new CountDownLatch(1);
    Work work = pool.work(instance -> pass(ran.getAndIncrement() == 0 ? gate : second));
    work.submit();
    await().untilAsserted(() -> assertThat(ran).hasValue(1));
    FutureTask<Void> waiter = waitingForAll(work);
    work.submit();
    await().untilAsserted(() -> assertThat(ran).hasValue(2));
    gate.countDown();
    waiter.get(20, TimeUnit.SECONDS);
    assertThat(work.awaitCallbacks(false, ofMillis(20))).isFalse();
    second.countDown();
  }

  @Test
  void cancellingThePending_dropsTheQueuedAndWaitsForTheRunning() throws Exception {
    CallbackPool pool = pool();
    Work work =
        pool.work(instance -> {
          instance.releaseSemaphoreWhenCallbackReturns(FakeService.semaphore("a/done"), 1);
          ran.incrementAndGet();
          pass(gate);
        });
    CallbackHandle running = work.submit();
    await().until(() -> running.state() == CallbackState.RUNNING);
    List<CallbackHandle> queued = List.of(work.submit(), work.submit());
    CallbackHandle another = pool.submit(instance -> diary.add("another's"));
    assertThat(work.awaitCallbacks(true, ofMillis(20))).isFalse();
    assertThat(queued)
        .allSatisfy(run -> {
          assertThat(run.completion()).isCancelled();
          assertThat(run.state()).isEqualTo(CallbackState.CANCELLED);
        });
    assertThat(pool.metrics().queued()).isEqualTo(1);
    gate.countDown();
    service.next().applied();
    work.awaitCallbacks(true);
    complete(running);
    complete(another);
    assertThat(ran).hasValue(1);
    assertThat(service.isQuiet()).as("the intents of the cancelled are void").isTrue();
  }

  @Test
  void awaitingItself_isRefused() throws Exception {
    CallbackPool pool = pool();
    List<Work> self = new ArrayList<>();
    self.add(pool.work(instance -> self.get(0).awaitCallbacks(true)));
    assertThat(failureOf(self.get(0).submit()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("itself");
    Work closing =
        pool.work(
            instance -> instance.closeWhenCallbackReturns(() -> self.get(1).awaitCallbacks(false)));
    self.add(closing);
    assertThat(failureOf(closing.submit())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void work_ofAClosedOrFullPool_isTurnedAway() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).queue(1));
    Work work = pool.work(waitingFor(gate));
    assertThat(work.trySubmit()).isPresent();
    assertThat(work.trySubmit()).isPresent();
    assertThat(work.trySubmit()).isEmpty();
    assertThat(pool.close(ofMillis(0))).isFalse();
    assertThatThrownBy(work::submit)
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("the pool is closed");
    gate.countDown();
    assertThat(work.awaitCallbacks(false, ofSeconds(20)))
        .as("those turned away are not waited for")
        .isTrue();
  }

  @Test
  void poolClosedByItsOwnCallback_isRefused() throws Exception {
    CallbackPool pool = pool();
    assertThat(failureOf(pool.submit(instance -> pool.close())))
        .isInstanceOf(IllegalStateException.class);
    CallbackHandle closing =
        pool.submit(instance -> {
          instance.releaseWhenCallbackReturns(service.permit("a/s").get());
          instance.closeWhenCallbackReturns(pool);
        });
    service.next().applied();
    assertThat(failureOf(closing)).isInstanceOf(IllegalStateException.class);
    complete(pool.submit(instance -> {}));
  }
}
