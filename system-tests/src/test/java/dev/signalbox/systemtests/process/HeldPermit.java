package dev.signalbox.systemtests.process;

import dev.signalbox.client.Permit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A permit whose holder looks at {@link Permit#isHeld} all the time, as one should who relies on
 * it.
 */
final class HeldPermit {
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Permit permit;
  private final CompletableFuture<Long> lastSeenHeld = new CompletableFuture<>();

  HeldPermit(Permit permit) {
    this.permit = permit;
    Thread watch = new Thread(this::watch, "watch-permit");
    watch.setDaemon(true);
    watch.start();
  }

  Permit permit() {
    return permit;
  }

  /** Waits until it is no longer held; the last moment at which it was. */
  long lastSeenHeld() {
    return lastSeenHeld.join();
  }

  private void watch() {
    long last = System.nanoTime();
    for (long now = last; permit.isHeld(); now = System.nanoTime()) {
      last = now;
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    lastSeenHeld.complete(last);
  }
}
