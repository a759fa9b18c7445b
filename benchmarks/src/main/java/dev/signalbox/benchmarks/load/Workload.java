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

  /** One round. */
  void run(Entrant entrant, Duration time, Sink sink) throws Exception;
}
