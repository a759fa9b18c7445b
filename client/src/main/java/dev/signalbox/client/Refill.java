package dev.signalbox.client;

import java.time.Duration;
import java.util.Objects;

/**
 * Permits that come back by the service's clock (Q1).
 *
 * @param permits how many per period, evenly spread over it
 * @param period 1 ms to 1 day
 */
public record Refill(int permits, Duration period) {
  /** Checks for null only; the service judges the ranges. */
  public Refill {
    Objects.requireNonNull(period);
  }
}
