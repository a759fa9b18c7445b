package dev.signalbox.client.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The moment after which nothing may be taken for held (L4). Whoever sees it passed brings it down,
 * and then it stays down: what was once seen as lost is never seen as held again. Thread-safe.
 */
final class Fence {
  private static final long DOWN = Long.MIN_VALUE;

  private final AtomicLong at;
  private final Ticker ticker;
  private final Runnable onFall;

  /** Stands until the given time; {@code onFall} is run once by whoever first sees it passed. */
  Fence(long at, Ticker ticker, Runnable onFall) {
    this.at = new AtomicLong(at);
    this.ticker = ticker;
    this.onFall = onFall;
  }

  /** Whether it has not been passed. */
  boolean stands() {
    long seen = at.get();
    while (seen != DOWN && passed(seen)) {
      if (at.compareAndSet(seen, DOWN)) {
        onFall.run();
      }
      seen = at.get();
    }
    return seen != DOWN;
  }

  private boolean passed(long seen) {
    return ticker.nanoTime() - seen >= 0;
  }

  /** Moves it, unless it is down. */
  void moveTo(long time) {
    while (stands()) {
      long seen = at.get();
      if (seen != DOWN && at.compareAndSet(seen, time)) {
        return;
      }
    }
  }

  /** Moves it to an earlier time; a later one changes nothing. */
  void notAfter(long time) {
    if (remaining() > time - ticker.nanoTime()) {
      moveTo(time);
    }
  }

  /** Brings it down without telling anybody. */
  void bringDown() {
    at.set(DOWN);
  }

  /** Nanoseconds until it is passed; 0 if it was. */
  long remaining() {
    long seen = at.get();
    return seen == DOWN ? 0 : Math.max(0, seen - ticker.nanoTime());
  }
}
