package dev.signalbox.benchmarks.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** W1: one caller, a semaphore of its own. */
final class OneCaller implements Workload {
  @Override
  public String id() {
    return "W1";
  }

  @Override
  public void run(Entrant entrant, Duration time, Sink sink) throws Exception {
    Gate gate = entrant.client().gate("one", 1);
    Histogram awaited = pairs(gate, true, time);
    sink.add(Metric.W1_P50, micros(awaited, 50));
    sink.add(Metric.W1_P99, micros(awaited, 99));
    if (entrant.client().canReleaseUnawaited()) {
      Histogram unawaited = pairs(gate, false, time);
      sink.add(Metric.W1_UNAWAITED_P50, micros(unawaited, 50));
      sink.add(Metric.W1_UNAWAITED_P99, micros(unawaited, 99));
    }
  }

  static double micros(Histogram nanos, double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e3;
  }

  private static Histogram pairs(Gate gate, boolean awaited, Duration time) throws Exception {
    Histogram nanos = new Histogram(3);
    long start = System.nanoTime();
    long before = start;
    while (before - start < time.toNanos()) {
      Held held = gate.acquire();
      if (awaited) {
        held.release();
      } else {
        held.releaseUnawaited();
      }
      long after = System.nanoTime();
      nanos.recordValue(after - before);
      before = after;
    }
    return nanos;
  }
}
