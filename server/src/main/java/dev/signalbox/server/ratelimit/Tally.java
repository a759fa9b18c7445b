package dev.signalbox.server.ratelimit;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a rule in shadow mode would have done. Thread-safe. */
final class Tally {
  private final LongAdder asked = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /** Requests since the last time. */
  record Count(long asked, long refused) {}

  void count(boolean wouldRefuse) {
    asked.increment();
    if (wouldRefuse) {
      refused.increment();
    }
  }

  /** What was counted since the last time it was taken. */
  Count take() {
    return new Count(asked.sumThenReset(), refused.sumThenReset());
  }
}
