package dev.signalbox.benchmarks;

/**
 * Acquire-and-release pairs per second through one client: 1,000 outstanding over 1,000 semaphores,
 * and then one at a time, blocking. The server runs in a process of its own.
 *
 * <pre>{@code
 * java -cp benchmarks/target/signalbox-benchmarks.jar \
 *     dev.signalbox.benchmarks.PairsBenchmark [rounds] [outstanding] [volatile|durable]
 * }</pre>
 */
public final class PairsBenchmark {
  private PairsBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
    int outstanding = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    try (BenchmarkServer server = BenchmarkServer.start(args.length > 2 ? args[2] : "volatile");
        Pairs pairs = new Pairs(server)) {
      for (int i = 0; i < rounds; i++) {
        Pairs.Rate rate = pairs.outstanding(outstanding);
        System.out.printf(
            "%,9.0f pairs/s with %,d outstanding; per pair %.1f us of processor time here, %.1f"
                + " there%n",
            rate.perSecond(), outstanding, rate.clientMicros(), rate.serverMicros());
      }
      for (int i = 0; i < 3; i++) {
        double[] micros = pairs.oneAtATime();
        System.out.printf(
            "%,9.0f us for a pair, one at a time (median; 99 %%: %,.0f)%n",
            micros[micros.length / 2], micros[micros.length * 99 / 100]);
      }
    }
  }
}
