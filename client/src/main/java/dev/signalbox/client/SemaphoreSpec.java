package dev.signalbox.client;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a semaphore shall be like (O1). Immutable: each method returns a changed copy. Ranges are
 * checked by the service, which answers with {@link SignalboxException.InvalidArgument}.
 */
public final class SemaphoreSpec {
  private final int max;
  private final OptionalInt initial;
  private final boolean ownerOnly;
  private final boolean numbered;
  private final Optional<Refill> refill;
  private final Optional<Duration> idleTtl;
  private final IfExists ifExists;

  private SemaphoreSpec(
      int max,
      OptionalInt initial,
      boolean ownerOnly,
      boolean numbered,
      Optional<Refill> refill,
      Optional<Duration> idleTtl,
      IfExists ifExists) {
    this.max = max;
    this.initial = initial;
    this.ownerOnly = ownerOnly;
    this.numbered = numbered;
    this.refill = refill;
    this.idleTtl = idleTtl;
    this.ifExists = ifExists;
  }

  /** A semaphore of so many permits, 1 to 2^31-1, all of them available at birth. */
  public static SemaphoreSpec max(int max) {
    return new SemaphoreSpec(
        max, OptionalInt.empty(), false, false, Optional.empty(), Optional.empty(), IfExists.OPEN);
  }

  /** Permits at birth: 0 to max. */
  public SemaphoreSpec initial(int permits) {
    return new SemaphoreSpec(
        max, OptionalInt.of(permits), ownerOnly, numbered, refill, idleTtl, ifExists);
  }

  /** Held permits alone can be released; nobody can signal (O8). */
  public SemaphoreSpec ownerOnly() {
    return new SemaphoreSpec(max, initial, true, numbered, refill, idleTtl, ifExists);
  }

  /**
   * Each permit has a slot and each slot an epoch, which together make a fencing token (A8).
   * Implies {@link #ownerOnly()}; at most 16,384 permits.
   */
  public SemaphoreSpec numbered() {
    return new SemaphoreSpec(max, initial, ownerOnly, true, refill, idleTtl, ifExists);
  }

  /**
   * So many permits come back per period, evenly spread over it, and every acquire consumes (Q1): a
   * token bucket. The period is 1 ms to 1 day.
   */
  public SemaphoreSpec refill(int permits, Duration period) {
    Optional<Refill> to = Optional.of(new Refill(permits, period));
    return new SemaphoreSpec(max, initial, ownerOnly, numbered, to, idleTtl, ifExists);
  }

  /** The semaphore is deleted when it has been idle this long (O5): 1 s to 365 days. */
  public SemaphoreSpec idleTtl(Duration ttl) {
    Optional<Duration> to = Optional.of(ttl);
    return new SemaphoreSpec(max, initial, ownerOnly, numbered, refill, to, ifExists);
  }

  /**
   * What to do if the name exists with another configuration (O2); {@link IfExists#OPEN} unless
   * said.
   */
  public SemaphoreSpec ifExists(IfExists choice) {
    Objects.requireNonNull(choice);
    return new SemaphoreSpec(max, initial, ownerOnly, numbered, refill, idleTtl, choice);
  }

  int max() {
    return max;
  }

  OptionalInt initial() {
    return initial;
  }

  boolean isOwnerOnly() {
    return ownerOnly;
  }

  boolean isNumbered() {
    return numbered;
  }

  Optional<Refill> refill() {
    return refill;
  }

  Optional<Duration> idleTtl() {
    return idleTtl;
  }

  IfExists ifExists() {
    return ifExists;
  }
}
