package dev.signalbox.client.limit;

import dev.signalbox.client.Refill;
import org.jspecify.annotations.Nullable;

/** This process's share of one semaphore. Not thread-safe. */
final class LocalLimit {
  /** No semaphore's name: that of a limit which need not be found by it. */
  static final String UNNAMED = "";

  private final String name;
  private final int permits;
  private final long most;
  private final @Nullable TokenBucket bucket;
  private long held;

  /** The share, of which one call can always have its permits. */
  LocalLimit(String name, Limit limit, double share, long now) {
    this.name = name;
    permits = limit.permits();
    double max = Math.max(permits, limit.max() * share);
    most = (long) (max + 1e-6);
    bucket = limit.refill().map(refill -> bucket(max, refill, share, now)).orElse(null);
  }

  private static TokenBucket bucket(double capacity, Refill refill, double share, long now) {
    return new TokenBucket(
        capacity, refill.permits() * share / (double) refill.period().toNanos(), now);
  }

  String name() {
    return name;
  }

  boolean isNamed() {
    return !name.isEmpty();
  }

  boolean hasRoom(long now) {
    return bucket == null ? held + permits <= most : bucket.has(permits, now);
  }

  void take() {
    if (bucket == null) {
      held += permits;
    } else {
      bucket.take(permits);
    }
  }

  void giveBack() {
    if (bucket == null) {
      held -= permits;
    }
  }

  boolean isInUse() {
    return held > 0;
  }
}
