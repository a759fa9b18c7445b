package dev.signalbox.systemtests.history;

import org.jspecify.annotations.Nullable;

/**
 * What one call does to the count of one semaphore, or learns of it, at one moment between its
 * begin and its end.
 *
 * @param call the call; null: the count was read at the end of the run
 * @param begun before it
 * @param ended after it
 * @param certain false: it happens at any time after its begin, or never
 * @param delta what it adds to the count
 * @param least the count that it needs at least
 * @param most the count that it bears at most
 */
record Change(
    @Nullable Call call, long begun, long ended, boolean certain, int delta, int least, int most) {
  private static final int ANY = Integer.MAX_VALUE;

  /** A release that went well, and was told the count before. */
  static Change released(Call call, int permits, int previous, int max) {
    int most = Math.min(previous, max - permits);
    return new Change(call, call.begun(), call.ended(), true, permits, previous, most);
  }

  /** A release that was refused, as the count would have exceeded max (R2). */
  static Change refused(Call call, int permits, int max) {
    return new Change(call, call.begun(), call.ended(), true, 0, max - permits + 1, ANY);
  }

  /** An acquire that got its permits. */
  static Change acquired(Call call, int permits) {
    return new Change(call, call.begun(), call.ended(), true, -permits, permits, ANY);
  }

  /** An acquire whose time ran out. */
  static Change timedOut(Call call, int permits) {
    return new Change(call, call.begun(), call.ended(), true, 0, 0, permits - 1);
  }

  /** A release of which nobody knows. */
  static Change maybeReleased(Call call, int permits, int max) {
    return new Change(call, call.begun(), Long.MAX_VALUE, false, permits, 0, max - permits);
  }

  /** An acquire of which nobody knows. */
  static Change maybeAcquired(Call call, int permits) {
    return new Change(call, call.begun(), Long.MAX_VALUE, false, -permits, permits, ANY);
  }

  /** The count was read. */
  static Change read(Line.End end) {
    return new Change(null, end.begun(), end.ended(), true, 0, end.count(), end.count());
  }

  boolean isPossibleAt(int count) {
    return least <= count && count <= most;
  }
}
