package dev.signalbox.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to acquire, how long to wait for it and on what terms (A1 to A5, A9, A10). Immutable: each
 * method returns a changed copy. Waits for ever unless {@link #within} says otherwise.
 *
 * <pre>{@code
 * Acquire.allOf(db.permits(1), gpu.permits(2)).within(ofSeconds(30))
 * }</pre>
 */
public final class Acquire {
  /** How the parts belong together. */
  enum Mode {
    ALL_OF,
    ANY_OF,
    OPPORTUNISTIC
  }

  /**
   * Permits of one semaphore, a mutex, or the wait for an event. Made by {@link
   * RemoteSemaphore#permits}, {@link RemoteMutex#permit} and {@link RemoteEvent#signal}.
   *
   * @param semaphore which
   * @param permits how many: 1 to its max (A1); of a mutex or an event 1
   */
  public record Part(RemoteObject semaphore, int permits) {
    /**
     * Checks the handle; the service judges the range.
     *
     * @throws SignalboxException.AccessDenied without {@link AccessRight#SYNCHRONIZE} (X2)
     */
    public Part {
      Access.ensure(semaphore, AccessRight.SYNCHRONIZE);
    }
  }

  private final List<Part> parts;
  private final Mode mode;
  private final Optional<Duration> within;
  private final boolean consume;
  private final Optional<Duration> holdAtMost;

  private Acquire(
      List<Part> parts,
      Mode mode,
      Optional<Duration> within,
      boolean consume,
      Optional<Duration> holdAtMost) {
    this.parts = parts;
    this.mode = mode;
    this.within = within;
    this.consume = consume;
    this.holdAtMost = holdAtMost;
  }

  /** Permits of one semaphore. */
  public static Acquire of(RemoteSemaphore semaphore, int permits) {
    return allOf(new Part(semaphore, permits));
  }

  /** All parts in one atomic grant, in fair order (A4). 1 to 64 parts in one namespace. */
  public static Acquire allOf(Part... parts) {
    return of(Mode.ALL_OF, List.of(parts));
  }

  /** The first listed part that can be served (A5); {@link Permit#choice()} says which it was. */
  public static Acquire anyOf(Part... parts) {
    return of(Mode.ANY_OF, List.of(parts));
  }

  /**
   * All parts in one atomic grant; holds up nobody behind it and may be passed over for ever (A4).
   */
  public static Acquire opportunistic(Part... parts) {
    return of(Mode.OPPORTUNISTIC, List.of(parts));
  }

  private static Acquire of(Mode mode, List<Part> parts) {
    return new Acquire(parts, mode, Optional.empty(), false, Optional.empty());
  }

  /** Waits at most this long by the service's clock: 0 (answer at once) to 365 days (A2). */
  public Acquire within(Duration wait) {
    return new Acquire(parts, mode, Optional.of(wait), consume, holdAtMost);
  }

  /** The permits are used up rather than held: nothing is given back or recovered (A9). */
  public Acquire consume() {
    return new Acquire(parts, mode, within, true, holdAtMost);
  }

  /**
   * The service recovers the permits when they have been held this long: 1 ms to 365 days (A10).
   */
  public Acquire holdAtMost(Duration limit) {
    return new Acquire(parts, mode, within, consume, Optional.of(limit));
  }

  /** The parts, in the order listed. */
  public List<Part> parts() {
    return parts;
  }

  Mode mode() {
    return mode;
  }

  Optional<Duration> within() {
    return within;
  }

  boolean isConsuming() {
    return consume;
  }

  Optional<Duration> holdAtMost() {
    return holdAtMost;
  }
}
