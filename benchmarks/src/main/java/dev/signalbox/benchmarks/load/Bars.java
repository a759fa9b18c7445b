package dev.signalbox.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** What was asked of Signalbox, held against what was seen. */
final class Bars {
  private static final String US = "signalbox";
  private static final String DURABLE = "signalbox-durable";
  private static final String CREDIT = "signalbox-credit";
  private static final String BARE = "bare-stream";
  private static final String REDISSON = "redisson";

  private final Results results;
  private final StringBuilder table =
      new StringBuilder("| | log | asked | seen | |\n| --- | --- | --- | --- | --- |\n");

  private Bars(Results results) {
    this.results = results;
  }

  static String table(Results results) {
    Bars bars = new Bars(results);
    bars.oneCaller();
    bars.manyCallers();
    bars.waiting();
    bars.outstanding();
    bars.alone();
    return bars.table.toString();
  }

  private void oneCaller() {
    atMost(Metric.W1_P50, US, 1.1, BARE);
    atMost(Metric.W1_P50, DURABLE, 3, BARE);
    most(Metric.W1_P50, CREDIT, 1);
    atMost(Metric.W1_UNAWAITED_P50, US, 1.1, BARE);
  }

  private void manyCallers() {
    atLeast(Metric.W2_RATE, US, 0.8, BARE);
    atLeast(Metric.W2_RATE, US, 6, REDISSON);
    atLeast(Metric.W2_RATE, DURABLE, 0.5, BARE);
    atLeast(Metric.W3_RATE, US, 0.8, BARE);
    atLeast(Metric.W3_RATE, US, 8, REDISSON);
    atLeast(Metric.W3_RATE, DURABLE, 5, REDISSON);
  }

  private void waiting() {
    atMost(Metric.W4_P50, US, 1.1, BARE);
    List<String> peers = new ArrayList<>(results.of(Metric.W4_P50).keySet());
    peers.removeIf(name -> name.startsWith(US) || name.startsWith("bare") || name.equals("local"));
    peers.forEach(peer -> atMost(Metric.W4_P50, US, 1, peer));
    atMost(Metric.W4_P50, DURABLE, 2, BARE);
    for (String one : List.of(US, DURABLE)) {
      most(Metric.W5_LEASE, one, 2_200);
      most(Metric.W5_BREAK, one, 50);
    }
  }

  private void outstanding() {
    atLeast(Metric.W6_RATE, US, 0.6, BARE);
    atLeast(Metric.W6_RATE, US, 30, REDISSON);
    atLeast(Metric.W6_RATE, DURABLE, 0.3, BARE);
  }

  private void alone() {
    most(Metric.W7_BYTES_1M, US, 250);
    most(Metric.W7_CREATE_1M, US, 10);
    most(Metric.W7_BYTES_1M, DURABLE, 250);
    most(Metric.W7_CREATE_1M, DURABLE, 10);
    most(Metric.W7_RESTART_1M, DURABLE, 5);
    independent(Metric.W9_1000);
    independent(Metric.W9_100000);
    most(Metric.W10_CPU, US, 10);
  }

  private void atMost(Metric metric, String one, double factor, String other) {
    ratio(metric, one, other, "at most " + factor + " x " + other, ratio -> ratio <= factor);
  }

  private void atLeast(Metric metric, String one, double factor, String other) {
    ratio(metric, one, other, "at least " + factor + " x " + other, ratio -> ratio >= factor);
  }

  /** The median of the ratios of the rounds. */
  private void ratio(Metric metric, String one, String other, String asked, DoublePredicate met) {
    Optional<Series> mine = results.of(metric, one);
    Optional<Series> theirs = results.of(metric, other);
    if (mine.isPresent() && theirs.isPresent()) {
      Series ratios = mine.get().over(theirs.get());
      String seen =
          String.format(
              "%s x (%s – %s)",
              Metric.format(ratios.median()),
              Metric.format(ratios.least()),
              Metric.format(ratios.most()));
      row(metric, one, asked, seen, met.test(ratios.median()));
    }
  }

  private void most(Metric metric, String one, double bound) {
    results
        .of(metric, one)
        .ifPresent(series ->
            row(
                metric,
                one,
                "at most " + Metric.format(bound),
                Metric.format(series.median()),
                series.median() <= bound));
  }

  private void independent(Metric metric) {
    Optional<Series> longer = results.of(metric, US);
    Optional<Series> shorter = results.of(Metric.W9_10, US);
    if (longer.isPresent() && shorter.isPresent()) {
      double ratio = longer.get().over(shorter.get()).median();
      row(metric, US, "at most 1.2 x that with 10", Metric.format(ratio) + " x", ratio <= 1.2);
    }
  }

  private void row(Metric metric, String one, String asked, String seen, boolean met) {
    table.append(
        String.format(
            "| %s %s | %s | %s | %s | %s |%n",
            metric.workload(), metric.title(), log(one), asked, seen, met ? "met" : "**not met**"));
  }

  private static String log(String one) {
    String kind = one.equals(DURABLE) ? "durable" : "volatile";
    return one.equals(CREDIT) ? kind + ", credit" : kind;
  }
}
