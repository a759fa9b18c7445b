package dev.signalbox.server.ratelimit;

import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.SemaphoreConfig;

/**
 * So many hits per unit, and how many of them may come at once.
 *
 * @param requestsPerUnit hits that come back per unit, evenly (Q1); 0: nothing is let through
 * @param unit the unit
 * @param burst the most hits that gather, at least 1
 */
public record Limit(int requestsPerUnit, Unit unit, int burst) {
  private static final long MIN_IDLE_MICROS = 60_000_000L;

  /** Checks the ranges, by the names that they have in the file. */
  public Limit {
    InvalidField.unless(requestsPerUnit >= 0, "requests_per_unit", "must not be negative");
    InvalidField.unless(burst >= 1, "burst", "must be at least 1");
    if (requestsPerUnit > 0) {
      long most = (1L << 62) / unit.micros();
      InvalidField.unless(
          requestsPerUnit <= most, "requests_per_unit", "must be at most " + most + " per " + unit);
      InvalidField.unless(
          burst / requestsPerUnit < SemaphoreConfig.MAX_MICROS / unit.micros(),
          "burst",
          "must not take 365 days to come back");
    }
  }

  /** With the burst of one unit. */
  public static Limit of(int requestsPerUnit, Unit unit) {
    return new Limit(requestsPerUnit, unit, Math.max(1, requestsPerUnit));
  }

  /** Whether it lets nothing through. */
  public boolean isClosed() {
    return requestsPerUnit == 0;
  }

  /** How long it takes at most until so many hits have come back, in microseconds. */
  long microsFor(int hits) {
    long rest = (long) (hits % requestsPerUnit) * unit.micros();
    return hits / requestsPerUnit * unit.micros() - Math.floorDiv(-rest, (long) requestsPerUnit);
  }

  /**
   * The semaphore that stands for it. It is forgotten as soon as it is certainly full: a new one
   * begins full, too.
   */
  SemaphoreConfig config() {
    return new SemaphoreConfig(
        Kind.SEMAPHORE,
        burst,
        false,
        false,
        new Refill(requestsPerUnit, unit.micros()),
        Math.max(MIN_IDLE_MICROS, microsFor(burst)));
  }
}
