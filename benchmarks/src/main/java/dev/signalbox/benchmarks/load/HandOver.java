package dev.signalbox.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** W4: from a release to the return of the acquire that waits for it, of another thread. */
final class HandOver implements Workload {
  /** After it an acquire is taken to be in the queue, as not every contestant can tell. */
  private static final long QUEUING_NANOS = 4_000_000;

  @Override
  public String id() {
    return "W4";
  }

  @Override
  public void run(Entrant entrant, Duration time, Sink sink) throws Exception {
    Gate gate = entrant.client().gate("handed", 1);
    Histogram nanos = new Histogram(3);
    ExecutorService waiter = Executors.newSingleThreadExecutor();
    try {
      long start = System.nanoTime();
      while (System.nanoTime() - start < time.toNanos()) {
        nanos.recordValue(handOver(gate, waiter));
      }
    } finally {
      waiter.shutdownNow();
    }
    sink.add(Metric.W4_P50, OneCaller.micros(nanos, 50));
    sink.add(Metric.W4_P99, OneCaller.micros(nanos, 99));
  }

  private static long handOver(Gate gate, ExecutorService waiter) throws Exception {
    Held held = gate.acquire();
    Future<Long> returned = waiter.submit(() -> acquiredAt(gate));
    LockSupport.parkNanos(QUEUING_NANOS);
    long released = System.nanoTime();
    held.release();
    return Math.max(0, returned.get() - released);
  }

  /** Takes a turn. When the acquire returned, in nanoseconds. */
  static long acquiredAt(Gate gate) throws Exception {
    Held held = gate.acquire();
    long now = System.nanoTime();
    held.release();
    return now;
  }
}
