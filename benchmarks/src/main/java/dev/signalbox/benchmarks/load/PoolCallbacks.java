package dev.signalbox.benchmarks.load;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** W8: callbacks through a pool, each with one release when it returns. */
final class PoolCallbacks implements Alone {
  private static final int THREADS = 8;
  private static final int UNDER_WAY = 1_000;
  private static final int SEMAPHORES = 64;

  @Override
  public String id() {
    return "W8";
  }

  @Override
  public void run(String log, Duration time, Sink sink) throws Exception {
    try (SignalboxService service = SignalboxService.start(log);
        SignalboxClient client = Signalbox.client(service.endpoint(), Life.LONG);
        CallbackPool pool = client.callbackPool(PoolOptions.threads(THREADS, THREADS))) {
      Submitter signals = signals(client, pool);
      Submitter grants = grants(client, pool);
      rate(signals, time); // warm-up
      sink.add(Metric.W8_SIGNALS, rate(signals, time));
      rate(grants, time);
      sink.add(Metric.W8_GRANTS, rate(grants, time));
    }
  }

  private static Submitter signals(SignalboxClient client, CallbackPool pool) throws Exception {
    RemoteSemaphore done =
        client.semaphores().create("load/signals", SemaphoreSpec.max(Integer.MAX_VALUE).initial(0));
    return () -> pool.submit(callback -> callback.releaseSemaphoreWhenCallbackReturns(done, 1));
  }

  private static Submitter grants(SignalboxClient client, CallbackPool pool) throws Exception {
    List<Acquire> acquires = new ArrayList<>();
    for (int i = 0; i < SEMAPHORES; i++) {
      acquires.add(
          Acquire.of(client.semaphores().create("load/granted-" + i, SemaphoreSpec.max(8)), 1));
    }
    int[] next = {0};
    return () ->
        pool.submitWhenAcquired(acquires.get(next[0]++ % SEMAPHORES), (callback, grant) -> {});
  }

  private static double rate(Submitter submitter, Duration time) throws Exception {
    Semaphore room = new Semaphore(UNDER_WAY);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long start = System.nanoTime();
    long callbacks = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      room.acquire();
      callbacks++;
      var unused =
          submitter
              .submit()
              .completion()
              .whenComplete((done, problem) -> {
                if (problem != null) {
                  failure.set(problem);
                }
                room.release();
              });
    }
    if (!room.tryAcquire(UNDER_WAY, 1, TimeUnit.MINUTES) || failure.get() != null) {
      throw new IllegalStateException("a callback did not complete", failure.get());
    }
    return callbacks / ((System.nanoTime() - start) / 1e9);
  }

  private interface Submitter {
    CallbackHandle submit() throws InterruptedException;
  }
}
