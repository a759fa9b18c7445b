package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/**
 * The configuration of a semaphore, a mutex or an event (O1, O2, M1, V1).
 *
 * @param kind what the name is
 * @param maxCount the most permits there can be, 1 to 2^31-1 at birth; 0 later closes it (O6); of a
 *     mutex and of an event always 1
 * @param ownerOnly takes back held permits only (O8); so does every mutex
 * @param numbered permits have slots and epochs (A8); implies owner-only, at most {@value
 *     #MAX_NUMBERED} of them; so is every mutex
 * @param manualReset of an event: it stays set until it is reset (V3)
 * @param refill how permits come back by the clock (Q1), or null
 * @param idleTtlMicros delete it after so long without holder, waiter or request (O5); 0: never
 */
public record SemaphoreConfig(
    Kind kind,
    int maxCount,
    boolean ownerOnly,
    boolean numbered,
    boolean manualReset,
    @Nullable Refill refill,
    long idleTtlMicros) {

  /** The largest {@code max_count} of a numbered semaphore: each slot keeps its epoch for good. */
  public static final int MAX_NUMBERED = 16_384;

  /** The shortest idle time: 1 s. */
  public static final long MIN_IDLE_TTL_MICROS = 1_000_000L;

  /** The longest time that a command can name: 365 days. */
  public static final long MAX_MICROS = 365L * 86_400_000_000L;

  /** Checks the ranges; a mutex becomes numbered, and what is numbered becomes owner-only. */
  public SemaphoreConfig {
    InvalidField.unless(maxCount >= 0, "max_count", "must not be negative");
    InvalidField.unless(
        kind == Kind.SEMAPHORE || maxCount == 1, "max_count", "must be 1 for a mutex or an event");
    InvalidField.unless(
        kind == Kind.EVENT || !manualReset, "manual_reset", "must be set for an event only");
    checkEvent(kind, ownerOnly, numbered, refill);
    numbered |= kind == Kind.MUTEX;
    ownerOnly |= numbered;
    checkNumbered(numbered, maxCount);
    InvalidField.unless(
        !numbered || refill == null, "refill", "must not be set on a numbered semaphore");
    checkIdleTtl(idleTtlMicros);
  }

  /** Of anything but an event of manual reset. */
  public SemaphoreConfig(
      Kind kind,
      int maxCount,
      boolean ownerOnly,
      boolean numbered,
      @Nullable Refill refill,
      long idleTtlMicros) {
    this(kind, maxCount, ownerOnly, numbered, false, refill, idleTtlMicros);
  }

  /** Nobody holds an event, and no clock sets it. */
  private static void checkEvent(
      Kind kind, boolean ownerOnly, boolean numbered, @Nullable Refill refill) {
    if (kind == Kind.EVENT) {
      InvalidField.unless(!ownerOnly, "owner_only", "must not be set for an event");
      InvalidField.unless(!numbered, "numbered", "must not be set for an event");
      InvalidField.unless(refill == null, "refill", "must not be set for an event");
    }
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
