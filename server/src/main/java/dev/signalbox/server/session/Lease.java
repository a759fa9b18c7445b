package dev.signalbox.server.session;

/**
 * When one session was last heard from, and until when it may be silent (L1, L9). Times are
 * nanoseconds of the server's monotonic clock since it started, so they are never negative.
 * Thread-safe: hearing is one volatile write and one volatile read.
 */
final class Lease {
  static final long NEVER = Long.MAX_VALUE;

  private final long length;
  private final long endAfterBreak;

  private volatile long heardAt;
  private volatile boolean condemned;

  // Guarded by this.
  private int pins;
  private volatile long brokenAt = NEVER;
  private volatile boolean pinned;

  /**
   * A lease that begins now.
   *
   * @param length how long the session may be silent
   * @param endAfterBreak how long it outlives its stream; -1: as long as the lease
   */
  Lease(long length, long endAfterBreak, long now) {
    this.length = length;
    this.endAfterBreak = endAfterBreak;
    this.heardAt = now;
  }

  /**
   * The session was heard from.
   *
   * @return false if it is condemned: then nothing was renewed
   */
  boolean hear(long now) {
    heardAt = now;
    return !condemned;
  }

  /** Its stream is there (again). */
  void mend() {
    brokenAt = NEVER;
  }

  /** Its stream is gone. */
  void breakOff(long now) {
    brokenAt = now;
  }

  /** Somebody waits for the session's answer with a call of its own: as good as hearing from it. */
  synchronized void pin() {
    pins++;
    pinned = true;
  }

  /** One of those calls is over. */
  synchronized void unpin(long now) {
    heardAt = now;
    pins--;
    pinned = pins > 0;
  }

  /** Begins anew, as if the session had been heard from just now (L7). */
  void grace(long now) {
    heardAt = now;
    if (brokenAt != NEVER) {
      brokenAt = now;
    }
  }

  /** When the session is to end if nothing more is heard. */
  long deadline() {
    if (pinned) {
      return NEVER;
    }
    long end = heardAt + length;
    long broken = brokenAt;
    return broken == NEVER || endAfterBreak < 0 ? end : Math.min(end, broken + endAfterBreak);
  }

  /**
   * Condemns the session if its deadline has passed. Whoever hears it at this very moment either
   * renews the lease, and it is not condemned, or learns that it was too late: never both.
   */
  boolean condemn(long now) {
    condemned = true;
    if (deadline() > now) {
      condemned = false;
    }
    return condemned;
  }
}
