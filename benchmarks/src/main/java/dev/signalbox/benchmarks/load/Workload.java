package dev.signalbox.benchmarks.load;

import java.time.Duration;

/** A load that can be put on every contestant. */
interface Workload {
  /** W1 to W6. */
  String id();

  /** Whether that one can take it. */
  default boolean suits(Entrant entrant) {
    return true;
  }

  /**
   * How much longer a round of the warm-up is than others: what is not compiled yet takes a
   * processor from everybody until it is.
   */
  default int warmUp() {
    return 2;
  }

  /** One round. */
  void run(Entrant entrant, Duration time, Sink sink) throws Exception;
}
