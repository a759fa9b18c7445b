package dev.signalbox.server.replication;

import java.util.function.LongSupplier;

/**
 * Log time (L3): the last entry's time plus what this node's own monotonic clock says has passed
 * since. A fresh log starts at the wall clock's microseconds, so that times read well; from then on
 * log time follows no wall clock and may drift from it. Thread-safe.
 */
final class LogClock {
  private final LongSupplier nanoTime;
  private final long firstTime;
  private volatile Base base;

  LogClock(LongSupplier nanoTime, long firstTime) {
    this.nanoTime = nanoTime;
    this.firstTime = firstTime;
    this.base = new Base(firstTime, nanoTime.getAsLong());
  }

  /** Goes on from the log's last entry; 0: there is none. */
  void continueFrom(long lastTime) {
    base = new Base(lastTime == 0 ? firstTime : lastTime, nanoTime.getAsLong());
  }

  long now() {
    Base from = base;
    return from.time + (nanoTime.getAsLong() - from.nanos) / 1_000;
  }

  private record Base(long time, long nanos) {}
}
