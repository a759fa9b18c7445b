package dev.signalbox.benchmarks.load;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What else the machine does: a loop that always takes the same work is timed before every round of
 * a workload, and the load average is looked at.
 */
final class Noise {
  private static final int STEPS = 20_000_000;

  private final Series millis = new Series();
  private final List<Double> loads = new ArrayList<>();
  private long sum;

  void sample() {
    long start = System.nanoTime();
    long x = 88_172_645_463_325_252L;
    for (int i = 0; i < STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    sum += x;
    millis.add((System.nanoTime() - start) / 1e6);
    loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  String report() {
    return String.format(
        Locale.ROOT,
        "A loop of fixed work, timed %d times between the rounds: median %.1f ms, %.1f to %.1f."
            + " Load average of the last minute: %.1f at the start, %.1f at the end, at most %.1f"
            + " (the run itself brings it to two or more).",
        millis.values().size(),
        millis.median(),
        millis.least(),
        millis.most(),
        loads.get(0),
        loads.get(loads.size() - 1),
        loads.stream().mapToDouble(load -> load).max().orElse(0));
  }

  /** So that the loop is not for nothing. */
  @Override
  public String toString() {
    return Long.toString(sum);
  }
}
