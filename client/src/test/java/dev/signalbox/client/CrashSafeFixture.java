package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.signalbox.client.callback.Callback;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the tests of crash-safe intents share: a real server, and a client whose session ends with
 * its connection (L9).
 */
@Timeout(60)
abstract class CrashSafeFixture extends WithServer {
  final List<ReleaseItem.Signal> left = Collections.synchronizedList(new ArrayList<>());
  final List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch registered = new CountDownLatch(1);
  final CountDownLatch gate = new CountDownLatch(1);

  /** As others see them. */
  RemoteSemaphore done;

  RemoteSemaphore db;
  RemoteSemaphore full;

  /** The client that is cut off, its pool and its handles. */
  SignalboxClient client;

  CallbackPool pool;
  RemoteSemaphore itsDone;
  RemoteSemaphore itsDb;

  @BeforeEach
  void create() throws Exception {
    Semaphores semaphores = client().semaphores();
    done = semaphores.create("jobs/done", SemaphoreSpec.max(1000).initial(0));
    db = semaphores.create("jobs/db", SemaphoreSpec.max(4));
    full = semaphores.create("jobs/full", SemaphoreSpec.max(1));
    client =
        started(
            builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
    pool = client.callbackPool(PoolOptions.threads(0, 4).listener(new Notes()));
    itsDone = client.semaphores().open("jobs/done");
    itsDb = client.semaphores().open("jobs/db");
  }

  @AfterEach
  void closePool() throws InterruptedException {
    network().restore();
    gate.countDown();
    assertThat(pool.close(Duration.ofSeconds(20))).isTrue();
  }

  private final class Notes implements PoolListener {
    @Override
    public void callbackThrew(CallbackHandle callback, Throwable thrown) {}

    @Override
    public void intentFailed(CallbackHandle callback, Throwable failure) {
      failed.add(failure);
    }

    @Override
    public void leftToService(CallbackHandle callback, List<ReleaseItem.Signal> signals) {
      left.addAll(signals);
    }
  }

  /** A callback that registers and then waits for the gate. */
  CallbackHandle submit(Callback registration) throws InterruptedException {
    return pool.submit(instance -> {
      registration.run(instance);
      registered.countDown();
      pass(gate);
    });
  }

  static void pass(CountDownLatch gate) throws InterruptedException {
    assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
  }

  static void complete(CallbackHandle handle) throws Exception {
    handle.completion().get(20, TimeUnit.SECONDS);
  }

  static Throwable failureOf(CallbackHandle handle) {
    Throwable seen = catchThrowable(() -> handle.completion().get(20, TimeUnit.SECONDS));
    return Objects.requireNonNull(seen.getCause());
  }

  /** Ends the session, and waits until the client has another. */
  void endSession() throws InterruptedException {
    Recorder recorder = new Recorder();
    client.addListener(recorder);
    network().cut();
    eventually().until(() -> recorder.heard.contains("opened"));
    eventually().until(() -> client.state() == ClientState.CONNECTED);
    assertThat(itsDone.info().max()).isEqualTo(1000);
  }

  void assertCount(RemoteSemaphore semaphore, int count) throws InterruptedException {
    assertThat(semaphore.info().count()).isEqualTo(count);
  }
}
