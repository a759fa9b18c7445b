package dev.signalbox.benchmarks;

import java.util.Arrays;

/**
 * What durability costs: the same pairs on the volatile and on the durable log of one node, each
 * server in its own process, in rounds that take turns.
 *
 * <pre>{@code
 * java -cp benchmarks/target/signalbox-benchmarks.jar \
 *     dev.signalbox.benchmarks.DurabilityBenchmark [rounds]
 * }</pre>
 */
public final class DurabilityBenchmark {
  private static final int OUTSTANDING = 1_000;
  private static final int WARM_UP_ROUNDS = 4;

  private DurabilityBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    try (BenchmarkServer volatileServer = BenchmarkServer.start("volatile");
        BenchmarkServer durableServer = BenchmarkServer.start("durable");
        Pairs inMemory = new Pairs(volatileServer);
        Pairs onDisk = new Pairs(durableServer)) {
      System.out.println(
          "round     one at a time, median us           1,000 outstanding, pairs/s    us of server");
      System.out.println(
          "          volatile   durable   ratio         volatile   durable   ratio    vol.  dur.");
      double[] latency = new double[rounds];
      double[] throughput = new double[rounds];
      for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
        double memoryMedian = median(inMemory.oneAtATime());
        double diskMedian = median(onDisk.oneAtATime());
        Pairs.Rate memoryRate = inMemory.outstanding(OUTSTANDING);
        Pairs.Rate diskRate = onDisk.outstanding(OUTSTANDING);
        double slower = diskMedian / memoryMedian;
        double share = diskRate.perSecond() / memoryRate.perSecond();
        System.out.printf(
            "%5s %,12.0f %,9.0f %7.2f %,16.0f %,9.0f %7.2f %7.1f %5.1f%n",
            i < 0 ? "warm" : Integer.toString(i + 1),
            memoryMedian,
            diskMedian,
            slower,
            memoryRate.perSecond(),
            diskRate.perSecond(),
            share,
            memoryRate.serverMicros(),
            diskRate.serverMicros());
        if (i >= 0) {
          latency[i] = slower;
          throughput[i] = share;
        }
      }
      System.out.printf(
          "medians: a pair takes %.2f times as long, the throughput is %.2f of the volatile log's%n",
          median(latency), median(throughput));
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
