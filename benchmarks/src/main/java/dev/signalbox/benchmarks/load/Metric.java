package dev.signalbox.benchmarks.load;

import java.util.Locale;

/** One figure of a workload. */
enum Metric {
  W1_P50("W1", "pair, p50", "us"),
  W1_P99("W1", "pair, p99", "us"),
  W1_UNAWAITED_P50("W1", "pair, release not awaited, p50", "us"),
  W1_UNAWAITED_P99("W1", "pair, release not awaited, p99", "us"),
  W2_RATE("W2", "pairs", "/s"),
  W2_UNAWAITED_RATE("W2", "pairs, release not awaited", "/s"),
  W2_CLIENT("W2", "processor time here, a pair", "us"),
  W2_SERVER("W2", "processor time of the server, a pair", "us"),
  W3_RATE("W3", "pairs", "/s"),
  W3_UNAWAITED_RATE("W3", "pairs, release not awaited", "/s"),
  W3_CLIENT("W3", "processor time here, a pair", "us"),
  W3_SERVER("W3", "processor time of the server, a pair", "us"),
  W4_P50("W4", "hand-over, p50", "us"),
  W4_P99("W4", "hand-over, p99", "us"),
  W5_LEASE("W5", "kill -9 to recovery, lease of 2 s", "ms"),
  W5_BREAK("W5", "kill -9 to recovery, ends with its connection", "ms"),
  W6_RATE("W6", "pairs", "/s"),
  W6_CLIENT("W6", "processor time here, a pair", "us"),
  W6_SERVER("W6", "processor time of the server, a pair", "us"),
  W7_CREATE_100K("W7", "creating 100,000", "s"),
  W7_BYTES_100K("W7", "heap for each of 100,000", "bytes"),
  W7_CREATE_1M("W7", "creating 1,000,000", "s"),
  W7_BYTES_1M("W7", "heap for each of 1,000,000", "bytes"),
  W7_RESTART_100K("W7", "restart with 100,000", "s"),
  W7_RESTART_1M("W7", "restart with 1,000,000", "s"),
  W8_SIGNALS("W8", "callbacks, one signal each", "/s"),
  W8_GRANTS("W8", "callbacks, each on a grant that goes back", "/s"),
  W9_10("W9", "a release with 10 in the queue", "us"),
  W9_1000("W9", "a release with 1,000 in the queue", "us"),
  W9_100000("W9", "a release with 100,000 in the queue", "us"),
  W9_SERVER_10("W9", "processor time of the server, 10 in the queue", "us"),
  W9_SERVER_100000("W9", "processor time of the server, 100,000 in the queue", "us"),
  W10_CPU("W10", "processor of the server while 10,000 sessions idle", "% of a core");

  private final String workload;
  private final String label;
  private final String unit;

  Metric(String workload, String label, String unit) {
    this.workload = workload;
    this.label = label;
    this.unit = unit;
  }

  String workload() {
    return workload;
  }

  /** What a table's head or a plot's title says. */
  String title() {
    return unit.startsWith("/") ? label + unit : label + ", " + unit;
  }

  /** Written with as many digits as say something. */
  static String format(double value) {
    double size = Math.abs(value);
    String pattern = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, value);
  }
}
