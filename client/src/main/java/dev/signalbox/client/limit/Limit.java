package dev.signalbox.client.limit;

import dev.signalbox.client.Refill;
import dev.signalbox.client.SemaphoreSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * One limit of a {@link Limiter}: a semaphore by name, and how many of its permits one call takes.
 * Immutable: each method returns a changed copy. A name can have parts in braces, {@code
 * payments/tenant/{tenant}}, but not in its first level; each set of values is a limit of its own.
 *
 * <p>The semaphore is created when it is first needed. If it exists, it stays as it is: its numbers
 * win over those given here, so limits can be changed on the service while everything runs. One of
 * a name with braces is deleted when it was {@linkplain #idleTtl idle}, and created again when
 * needed.
 */
public final class Limit {
  private static final Duration IDLE_TTL = Duration.ofHours(1);

  private final String name;
  private final int max;
  private final Optional<Refill> refill;
  private final Optional<Duration> idleTtl;
  private final int permits;

  private Limit(
      String name, int max, Optional<Refill> refill, Optional<Duration> idleTtl, int permits) {
    this.name = name;
    this.max = max;
    this.refill = refill;
    this.idleTtl = idleTtl;
    this.permits = permits;
  }

  /** At most so many calls at once, 1 to 2^31-1, over all processes. */
  public static Limit concurrency(String name, int max) {
    return new Limit(name, max, Optional.empty(), idle(name), 1);
  }

  /**
   * So many calls per period, evenly spread over it, with a burst of as many after a rest (Q1); see
   * {@link #burst}. The period is 1 ms to 1 day.
   */
  public static Limit rate(String name, int calls, Duration period) {
    return new Limit(name, calls, Optional.of(new Refill(calls, period)), idle(name), 1);
  }

  private static Optional<Duration> idle(String name) {
    return name.indexOf('{') < 0 ? Optional.empty() : Optional.of(IDLE_TTL);
  }

  /**
   * Of a limit on rate: how many calls may come at once after a rest; 1 and up.
   *
   * @throws IllegalArgumentException if it is a limit on concurrency
   */
  public Limit burst(int calls) {
    Checks.require(isRate(), name, "burst", "is of a limit on rate only");
    return new Limit(name, calls, refill, idleTtl, permits);
  }

  /** How many permits one call takes; 1 unless said. */
  public Limit taking(int permits) {
    return new Limit(name, max, refill, idleTtl, permits);
  }

  /**
   * The semaphore is deleted when it has been idle this long (O5): 1 s to 365 days. 1 h for a name
   * with braces, otherwise never, unless said.
   */
  public Limit idleTtl(Duration ttl) {
    return new Limit(name, max, refill, Optional.of(ttl), permits);
  }

  /** The semaphore's name, with its braces. */
  public String name() {
    return name;
  }

  /** Permits that one call takes. */
  public int permits() {
    return permits;
  }

  /** Whether permits are used up rather than held. */
  public boolean isRate() {
    return refill.isPresent();
  }

  int max() {
    return max;
  }

  Optional<Refill> refill() {
    return refill;
  }

  Optional<Duration> idleTtl() {
    return idleTtl;
  }

  SemaphoreSpec spec() {
    SemaphoreSpec spec = SemaphoreSpec.max(max);
    if (refill.isPresent()) {
      spec = spec.refill(refill.get().permits(), refill.get().period());
    } else {
      spec = spec.ownerOnly();
    }
    return idleTtl.isPresent() ? spec.idleTtl(idleTtl.get()) : spec;
  }
}
