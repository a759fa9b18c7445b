package dev.signalbox.benchmarks.load;

import java.time.Duration;

/** A load that only Signalbox takes: each begins with a fresh server. */
interface Alone {
  /** W7 to W10. */
  String id();

  /** One round, on the given kind of log. */
  void run(String log, Duration time, Sink sink) throws Exception;

  /** Whether it says something of that kind of log. */
  default boolean suits(String log) {
    return true;
  }

  /** How often it is run, of the rounds that were asked for. */
  default int rounds(int asked) {
    return asked;
  }
}
