package dev.signalbox.client.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of pools share: a fake service, a listener that takes notes, pools that get
 * closed.
 */
@Timeout(60)
abstract class PoolFixture implements PoolListener {
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  final FakeService service = new FakeService();
  final List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
  final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
  final List<Throwable> notAcquired = Collections.synchronizedList(new ArrayList<>());
  final List<String> diary = Collections.synchronizedList(new ArrayList<>());
  private final List<CallbackPool> pools = new ArrayList<>();

  CallbackPool pool(PoolOptions options) {
    CallbackPool pool = CallbackPool.on(service.client(), options.listener(this));
    pools.add(pool);
    return pool;
  }

  CallbackPool pool() {
    return pool(PoolOptions.threads(0, 1));
  }

  /** A callback that waits for the gate to open, whatever interrupts come. */
  static Callback waitingFor(CountDownLatch gate) {
    return instance -> pass(gate);
  }

  static void pass(CountDownLatch gate) throws InterruptedException {
    assertThat(gate.await(20, TimeUnit.SECONDS)).as("opened").isTrue();
  }

  static void complete(CallbackHandle handle) throws Exception {
    handle.completion().get(20, TimeUnit.SECONDS);
    assertThat(handle.state()).isEqualTo(CallbackState.COMPLETE);
  }

  /** What the completion fails with, as one who waits for it sees it. */
  static Throwable failureOf(CallbackHandle handle) {
    Throwable seen = catchThrowable(() -> handle.completion().get(20, TimeUnit.SECONDS));
    assertThat(seen).isInstanceOf(ExecutionException.class);
    return Objects.requireNonNull(seen.getCause());
  }

  static void stays(CallbackHandle handle) {
    assertThat(catchThrowable(() -> handle.completion().get(50, TimeUnit.MILLISECONDS)))
        .isInstanceOf(TimeoutException.class);
  }

  @Override
  public void callbackThrew(CallbackHandle callback, Throwable what) {
    thrown.add(what);
  }

  @Override
  public void intentFailed(CallbackHandle callback, Throwable failure) {
    failed.add(failure);
  }

  @Override
  public void acquireFailed(CallbackHandle callback, Throwable failure) {
    notAcquired.add(failure);
  }

  @Override
  public void cancelHandlerThrew(Throwable what) {
    thrown.add(what);
  }

  /** A call on a thread of its own, which has come so far that it waits. */
  static <T> FutureTask<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.start();
    await().until(() -> WAITING.contains(thread.getState()));
    return task;
  }

  @AfterEach
  void closeAll() throws InterruptedException {
    for (CallbackPool pool : pools) {
      pool.cancelPending();
      assertThat(pool.close(Duration.ofSeconds(20))).as("everything is complete").isTrue();
    }
    service.close();
  }
}
