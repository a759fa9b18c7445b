package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

@Rule("C1")
class BroughtExecutorTest extends PoolFixture {
  @Test
  void fixedThreads_runCallbacksAndAreLeftAlone() throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    CallbackPool pool = pool(PoolOptions.threads(2, 16).executor(two));
    List<CallbackHandle> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(pool.submit(instance -> {}));
    }
    pool.close();
    assertThat(all).allMatch(handle -> handle.state() == CallbackState.COMPLETE);
    assertThat(two.isShutdown()).isFalse();
    two.shutdown();
  }

  @Test
  void callersThread_canRunCallbacks() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 1).executor(Runnable::run));
    List<Thread> on = new ArrayList<>();
    complete(pool.submit(instance -> on.add(Thread.currentThread())));
    assertThat(on).containsExactly(Thread.currentThread());
    assertThat(pool.metrics().threads()).isZero();
  }

  @Test
  void refusingExecutor_isSeenByTheSubmitter() {
    CallbackPool pool =
        pool(
            PoolOptions.threads(0, 1)
                .executor(task -> {
                  throw new RejectedExecutionException("shut down");
                }));
    assertThatThrownBy(() -> pool.submit(instance -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasStackTraceContaining("shut down");
    assertThatThrownBy(() -> pool.trySubmit(instance -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(pool.metrics().rejected()).isEqualTo(2);
    assertThat(pool.metrics().queued()).isZero();
  }

  @Test
  void callbacksThatCountedOnARefusedThread_fail() throws Exception {
    Queue<Runnable> given = new ArrayDeque<>();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    CallbackPool pool =
        pool(
            PoolOptions.threads(0, 1)
                .executor(task -> {
                  asked.countDown();
                  awaitQuietly(gate);
                  throw new RejectedExecutionException("shut down");
                }));
    Thread first = new Thread(() -> assertThatThrownBy(() -> pool.submit(instance -> {})));
    first.start();
    pass(asked);
    CallbackHandle second = pool.submit(instance -> given.clear());
    gate.countDown();
    assertThat(failureOf(second)).isInstanceOf(RejectedExecutionException.class);
    assertThat(second.state()).isEqualTo(CallbackState.CANCELLED);
    first.join();
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      pass(gate);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreads_runCallbacksUpToTheMaximum() throws Exception {
    ExecutorService virtual = virtualThreads();
    CallbackPool pool = pool(PoolOptions.threads(0, 50).queue(5_000).executor(virtual));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    service.answering(FakeService::applied);
    for (int i = 0; i < 5_000; i++) {
      pool.submit(instance -> {
        instance.releaseWhenCallbackReturns(service.permit("a/s").get());
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.sleep(Duration.ofMillis(1).toMillis());
        inside.decrementAndGet();
      });
    }
    pool.close();
    assertThat(pool.metrics().succeeded()).isEqualTo(5_000);
    assertThat(most.get()).isBetween(2, 50);
    virtual.shutdown();
  }

  private static ExecutorService virtualThreads()
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }
}
