package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rule("C8")
class MayRunLongTest extends PoolFixture {
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Submits a callback that asks, and stays until the gate opens; tells the answer. */
  private boolean asks(CallbackPool pool) throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    pool.submit(instance -> {
      answer.complete(instance.callbackMayRunLong());
      pass(gate);
    });
    return answer.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void allButTheLastOfTheMaximum_mayRunLong(int maximum) throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, maximum));
    for (int i = 1; i < maximum; i++) {
      assertThat(asks(pool)).isTrue();
      assertThat(pool.metrics().runningLong()).isEqualTo(i);
    }
    assertThat(asks(pool)).isFalse();
    assertThat(pool.metrics().runningLong()).isEqualTo(maximum - 1);
    gate.countDown();
    pool.close();
    assertThat(pool.metrics().runningLong()).isZero();
  }

  @Test
  void executorOfTheUser_isBelievedUpToTheMaximum() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    CallbackPool pool = pool(PoolOptions.threads(0, 2).executor(threads));
    assertThat(asks(pool)).isTrue();
    assertThat(asks(pool)).isFalse();
    gate.countDown();
    pool.close();
    threads.shutdown();
  }

  @Test
  void longOne_isCountedOnce() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 2));
    List<Boolean> answers = new ArrayList<>();
    complete(
        pool.submit(instance -> {
          answers.add(instance.callbackMayRunLong());
          pool.setMaximumThreads(1);
          answers.add(instance.callbackMayRunLong());
          answers.add(pool.metrics().runningLong() == 1);
        }));
    assertThat(answers).containsExactly(true, true, true);
  }

  @Test
  void secondCall_isToldYesAndChangesNothing() throws Exception {
    CallbackPool pool = pool();
    List<Boolean> answers = new ArrayList<>();
    complete(
        pool.submit(instance -> {
          answers.add(instance.callbackMayRunLong());
          answers.add(instance.callbackMayRunLong());
          answers.add(pool.metrics().runningLong() == 0);
        }));
    assertThat(answers).containsExactly(false, true, true);
  }

  @Test
  void maximum_holdsForLongAndShortTogether() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(0, 3));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    assertThat(asks(pool)).isTrue();
    assertThat(asks(pool)).isTrue();
    for (int i = 0; i < 500; i++) {
      pool.submit(instance -> {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Thread.onSpinWait();
        inside.decrementAndGet();
      });
    }
    pool.work(instance -> {}).submit().completion().get(20, TimeUnit.SECONDS);
    assertThat(most).hasValue(1);
    gate.countDown();
  }

  @Test
  void longOnes_areNoneOfTheMinimumThatIsKeptReady() throws Exception {
    CallbackPool pool = pool(PoolOptions.threads(1, 3).idleTime(Duration.ZERO));
    assertThat(asks(pool)).isTrue();
    complete(pool.submit(instance -> {}));
    await().untilAsserted(() -> assertThat(pool.metrics().running()).isEqualTo(1));
    assertThat(pool.metrics().threads()).as("the long one, and one ready").isEqualTo(2);
    gate.countDown();
    await().untilAsserted(() -> assertThat(pool.metrics().threads()).isEqualTo(1));
  }

  @Test
  void threadThatCannotBeStarted_isNone() throws Exception {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new java.util.concurrent.SynchronousQueue<>());
    Crew<SubmittedCallback> crew =
        new Crew<>(one, new ThreadRange(0, 2), 10, java.util.Optional.of(Duration.ZERO));
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    Pool pool = (Pool) pool();
    assertThat(
            crew.offer(
                new SubmittedCallback(pool, instance -> answer.complete(crew.countOut()), null)))
        .isTrue();
    assertThat(answer.get(20, TimeUnit.SECONDS)).isFalse();
    crew.close();
    assertThat(crew.awaitEnd(TimeUnit.SECONDS.toNanos(20))).isTrue();
    assertThat(crew.count().runningLong()).isZero();
    one.shutdown();
  }

  @Test
  void anotherThreadOrAReturnedCallback_isRefused() throws Exception {
    CompletableFuture<CallbackInstance> leaked = new CompletableFuture<>();
    CallbackHandle run =
        pool()
            .submit(instance -> {
              leaked.complete(instance);
              pass(gate);
            });
    CallbackInstance instance = leaked.join();
    assertThat(catchThrowable(instance::callbackMayRunLong))
        .isInstanceOf(IllegalStateException.class);
    gate.countDown();
    complete(run);
    assertThat(catchThrowable(instance::callbackMayRunLong))
        .isInstanceOf(IllegalStateException.class);
  }
}
