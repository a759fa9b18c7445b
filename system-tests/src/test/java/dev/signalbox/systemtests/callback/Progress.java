package dev.signalbox.systemtests.callback;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How far callbacks have come. Each is counted on either side of its intents: as returning, the
 * last thing that it does itself, and as complete. So whatever was applied of theirs at some moment
 * was applied at least as often as callbacks were complete before, and at most as often as they
 * were returning after. Thread-safe.
 */
final class Progress {
  /** What is longer without a completion is a standstill. */
  private static final long STANDSTILL_NANOS = 100_000_000;

  private final AtomicInteger returning = new AtomicInteger();
  private final AtomicInteger complete = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile @Nullable Throwable firstFailure;
  private long last = System.nanoTime();
  private long longest;
  private long standstill;

  /** A callback is about to return. */
  void returns() {
    returning.incrementAndGet();
  }

  /** A callback is complete, all being well. */
  void completes() {
    complete.incrementAndGet();
    moves();
  }

  /** Something of a callback is not as it must be. */
  void fails(Throwable failure) {
    if (failures.getAndIncrement() == 0) {
      firstFailure = failure;
    }
  }

  /** Time starts to count: what was before is no standstill. */
  synchronized void resume() {
    last = System.nanoTime();
  }

  private synchronized void moves() {
    long now = System.nanoTime();
    long gap = now - last;
    last = now;
    longest = Math.max(longest, gap);
    standstill += gap >= STANDSTILL_NANOS ? gap : 0;
  }

  int returning() {
    return returning.get();
  }

  int complete() {
    return complete.get();
  }

  /** The longest time without a completion. */
  synchronized long longestNanos() {
    return longest;
  }

  /** All long times without a completion together. */
  synchronized long standstillNanos() {
    return standstill;
  }

  /** Fails if anything has. */
  void checkNothingFailed() {
    if (failures.get() > 0) {
      throw new AssertionError(failures + " failures; the first:", firstFailure);
    }
  }
}
