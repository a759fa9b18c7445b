package dev.signalbox.server.core;

/**
 * Permits that come back by log time (Q1), evenly: the k-th of a period comes when {@code k /
 * permits} of the period has passed, and no fraction is ever lost.
 *
 * @param permits permits per period, at least 1
 * @param periodMicros the period, 1 ms to 1 day; {@code permits * periodMicros} is at most 2^62
 */
public record Refill(int permits, long periodMicros) {
  private static final long MIN_PERIOD_MICROS = 1_000L;
  private static final long MAX_PERIOD_MICROS = 86_400_000_000L;

  /** Checks the ranges. */
  public Refill {
    InvalidField.unless(permits >= 1, "refill.permits", "must be at least 1");
    InvalidField.unless(
        periodMicros >= MIN_PERIOD_MICROS && periodMicros <= MAX_PERIOD_MICROS,
        "refill.period",
        "must be 1 ms to 1 day");
    InvalidField.unless(
        periodMicros <= (1L << 62) / permits, "refill.period", "is too long for that many permits");
  }
}
