package dev.signalbox.client.limit;

/** Permits that come back evenly over time. Not thread-safe. */
final class TokenBucket {
  /** What rounding may have lost. */
  private static final double TINY = 1e-6;

  private final double capacity;
  private final double perNano;
  private double tokens;
  private long filledAt;

  /** A full one. */
  TokenBucket(double capacity, double perNano, long now) {
    this.capacity = capacity;
    this.perNano = perNano;
    tokens = capacity;
    filledAt = now;
  }

  boolean has(int permits, long now) {
    long elapsed = now - filledAt;
    if (elapsed > 0) {
      tokens = Math.min(capacity, tokens + elapsed * perNano);
      filledAt = now;
    }
    return tokens + TINY >= permits;
  }

  void take(int permits) {
    tokens = Math.max(0, tokens - permits);
  }
}
