package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@Rule("C1")
class AdmissionTest extends PoolFixture {
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void trySubmit_whenQueueIsFull_saysNo() {
    CallbackPool pool = pool(PoolOptions.threads(0, 2).queue(3));
    for (int i = 0; i < 5; i++) {
      assertThat(pool.trySubmit(waitingFor(gate))).as("two run, three wait").isPresent();
    }
    assertThat(pool.trySubmit(waitingFor(gate))).isEmpty();
    await().untilAsserted(() -> assertThat(pool.metrics().running()).isEqualTo(2));
    assertThat(pool.metrics().queued()).isEqualTo(3);
    assertThat(pool.metrics().rejected()).isEqualTo(1);
    gate.countDown();
  }

  @Test
  void submit_whenQueueIsFull_waitsForRoom() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).queue(1));
    pool.submit(waitingFor(gate));
    pool.submit(waitingFor(gate));
    FutureTask<CallbackHandle> third = waiting(() -> pool.submit(waitingFor(gate)));
    assertThat(third.isDone()).isFalse();
    gate.countDown();
    complete(third.get());
  }

  @Test
  void submit_interruptedWhileItWaits_isNotQueued() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).queue(1));
    pool.submit(waitingFor(gate));
    pool.submit(waitingFor(gate));
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread submitter =
        new Thread(() -> outcome.complete(catchThrowable(() -> pool.submit(waitingFor(gate)))));
    submitter.start();
    submitter.interrupt();
    assertThat(outcome.join()).isInstanceOf(InterruptedException.class);
    gate.countDown();
    pool.close();
    assertThat(pool.metrics().succeeded()).isEqualTo(2);
  }

  @Test
  void closedPool_turnsAway() {
    CallbackPool pool = pool();
    pool.close();
    assertThat(pool.trySubmit(instance -> {})).isEmpty();
    assertThatThrownBy(() -> pool.submit(instance -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed");
    assertThat(pool.metrics().rejected()).isEqualTo(2);
  }

  @Test
  void submitThatWaits_whenPoolIsClosed_isTurnedAway() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).queue(1));
    pool.submit(waitingFor(gate));
    pool.submit(waitingFor(gate));
    FutureTask<CallbackHandle> third = waiting(() -> pool.submit(waitingFor(gate)));
    assertThat(pool.close(Duration.ZERO)).isFalse();
    assertThatThrownBy(third::get).hasCauseInstanceOf(RejectedExecutionException.class);
    gate.countDown();
  }

  @Test
  void maximum_isNeverExceededAndCanBeChanged() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 2));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Callback counting =
        instance -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          pass(gate);
          inside.decrementAndGet();
        };
    for (int i = 0; i < 12; i++) {
      pool.submit(counting);
    }
    await().untilAsserted(() -> assertThat(inside).hasValue(2));
    pool.setMaximumThreads(5);
    await().untilAsserted(() -> assertThat(inside).hasValue(5));
    gate.countDown();
    pool.close();
    assertThat(most).hasValue(5);
  }

  @Test
  void maximum_whenLowered_isKeptAsSoonAsEnoughHaveReturned() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 3));
    List<CallbackHandle> first = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      first.add(pool.submit(waitingFor(gate)));
    }
    await().untilAsserted(() -> assertThat(pool.metrics().running()).isEqualTo(3));
    pool.setMaximumThreads(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    gate.countDown();
    for (CallbackHandle handle : first) {
      complete(handle);
    }
    for (int i = 0; i < 200; i++) {
      pool.submit(instance -> {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        LockSupport.parkNanos(1);
        inside.decrementAndGet();
      });
    }
    pool.close();
    assertThat(most).hasValue(1);
  }

  @Test
  void threads_aboveTheMinimum_endWhenIdle() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 4).idleTime(Duration.ofMillis(20)));
    for (int i = 0; i < 4; i++) {
      pool.submit(waitingFor(gate));
    }
    assertThat(pool.metrics().threads()).isEqualTo(4);
    gate.countDown();
    await().untilAsserted(() -> assertThat(pool.metrics().threads()).isEqualTo(1));
    pool.setMinimumThreads(0);
    await().untilAsserted(() -> assertThat(pool.metrics().threads()).isZero());
    complete(pool.submit(instance -> {}));
  }

  @Test
  void idleThreads_allComeForWorkThatIsSubmittedAtOnce() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(4, 4));
    for (int round = 0; round < 100; round++) {
      CyclicBarrier allFour = new CyclicBarrier(4);
      List<CallbackHandle> four = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        four.add(pool.submit(instance -> allFour.await(20, TimeUnit.SECONDS)));
      }
      for (CallbackHandle handle : four) {
        complete(handle);
      }
    }
  }

  @Test
  void settings_outOfRange_areRefused() {
    CallbackPool pool = pool(PoolOptions.threads(1, 2));
    assertThatThrownBy(() -> pool.setMaximumThreads(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> pool.setMinimumThreads(3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PoolOptions.threads(-1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PoolOptions.threads(0, 1).queue(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("queue");
  }

  @Test
  void cancelPending_failsThoseThatWaitAndNoOther() throws Exception {
    CallbackPool pool = pool();
    CallbackHandle running = pool.submit(waitingFor(gate));
    await().until(() -> running.state() == CallbackState.RUNNING);
    CallbackHandle pending = pool.submit(waitingFor(gate));
    assertThat(pool.cancelPending()).isEqualTo(1);
    assertThat(pending.completion()).isCancelled();
    assertThat(pending.state()).isEqualTo(CallbackState.CANCELLED);
    assertThat(pool.metrics().cancelled()).isEqualTo(1);
    gate.countDown();
    complete(running);
  }

  @Test
  void close_letsTheQueuedOnesRunAndWaitsForThem() throws Exception {
    CallbackPool pool = pool();
    List<CallbackHandle> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(pool.submit(waitingFor(gate)));
    }
    assertThat(pool.close(Duration.ofMillis(10))).isFalse();
    gate.countDown();
    pool.close();
    assertThat(all).allMatch(handle -> handle.completion().isDone());
    assertThat(pool.metrics().succeeded()).isEqualTo(5);
    assertThat(pool.metrics().threads()).isZero();
  }

  @Test
  void close_whenInterrupted_stopsWaitingOnly() throws Exception {
    CallbackPool pool = pool();
    CallbackHandle running = pool.submit(waitingFor(gate));
    Thread.currentThread().interrupt();
    pool.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(running.completion()).isNotDone();
    gate.countDown();
    complete(running);
  }
}
