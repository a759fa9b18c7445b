package dev.signalbox.client.limit;

import java.util.concurrent.atomic.LongAdder;

/** The counters of a limiter. */
final class Tally {
  final LongAdder inFlight = new LongAdder();
  final LongAdder waiting = new LongAdder();
  final LongAdder granted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder passedOpen = new LongAdder();
  final LongAdder passedLocal = new LongAdder();
  final LongAdder refusedLocal = new LongAdder();
  final LongAdder refusedUnavailable = new LongAdder();
  final LongAdder shadowGranted = new LongAdder();
  final LongAdder shadowRefused = new LongAdder();
  final LongAdder shadowUndecided = new LongAdder();

  LimiterMetrics metrics() {
    return new LimiterMetrics(
        inFlight.sum(),
        waiting.sum(),
        granted.sum(),
        refused.sum(),
        passedOpen.sum(),
        passedLocal.sum(),
        refusedLocal.sum(),
        refusedUnavailable.sum(),
        shadowGranted.sum(),
        shadowRefused.sum(),
        shadowUndecided.sum());
  }
}
