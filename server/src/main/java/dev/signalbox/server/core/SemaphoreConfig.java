package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/**
 * The configuration of a semaphore (O1, O2).
 *
 * @param kind what the name is
 * @param maxCount the most permits there can be, 1 to 2^31-1 at birth; 0 later closes it (O6)
 * @param ownerOnly takes back held permits only (O8)
 * @param numbered permits have slots and epochs (A8); implies owner-only, at most {@value
 *     #MAX_NUMBERED} of them
 * @param refill how permits come back by the clock (Q1), or null
 * @param idleTtlMicros delete it after so long without holder, waiter or request (O5); 0: never
 */
public record SemaphoreConfig(
    Kind kind,
    int maxCount,
    boolean ownerOnly,
    boolean numbered,
    @Nullable Refill refill,
    long idleTtlMicros) {

  /** The largest {@code max_count} of a numbered semaphore: each slot keeps its epoch for good. */
  public static final int MAX_NUMBERED = 16_384;

  /** The shortest idle time: 1 s. */
  public static final long MIN_IDLE_TTL_MICROS = 1_000_000L;

  /** The longest time that a command can name: 365 days. */
  public static final long MAX_MICROS = 365L * 86_400_000_000L;

  /** Checks the ranges; a numbered semaphore becomes owner-only. */
  public SemaphoreConfig {
    InvalidField.unless(maxCount >= 0, "max_count", "must not be negative");
    ownerOnly |= numbered;
    checkNumbered(numbered, maxCount);
    InvalidField.unless(
        !numbered || refill == null, "refill", "must not be set on a numbered semaphore");
    checkIdleTtl(idleTtlMicros);
  }

  static void checkNumbered(boolean numbered, int maxCount) {
    InvalidField.unless(
        !numbered || maxCount <= MAX_NUMBERED,
        "max_count",
        "must be at most " + MAX_NUMBERED + " if numbered");
  }

  static void checkIdleTtl(long micros) {
    InvalidField.unless(
        micros == 0 || (micros >= MIN_IDLE_TTL_MICROS && micros <= MAX_MICROS),
        "idle_ttl",
        "must be 0 or 1 s to 365 days");
  }
}
