package dev.signalbox.systemtests.history;

import dev.signalbox.client.Permit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds a permit for a while and notes how long it was certainly held. */
final class Stay {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Stay() {}

  /**
   * Stays until the time is up or the permit is no longer held. The clock is read before the permit
   * is looked at: so at that moment it was held.
   */
  static void with(Recorder recorder, Permit permit, long nanos) {
    long begun = System.nanoTime();
    long now = begun;
    long seen = begun;
    boolean held = permit.isHeld();
    boolean ever = held;
    while (held && now - begun < nanos) {
      LockSupport.parkNanos(Math.min(LOOK_EVERY_NANOS, nanos));
      now = System.nanoTime();
      held = permit.isHeld();
      seen = held ? now : seen;
    }
    if (ever) {
      recorder.held(permit.id(), seen);
    }
  }
}
