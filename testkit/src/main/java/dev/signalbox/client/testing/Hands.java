package dev.signalbox.client.testing;

import dev.signalbox.client.internal.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/** The hands of a clock: nanoseconds since its start, which run or stand, and can be moved. */
final class Hands implements Ticker {
  private final Ticker drive;
  private final long origin;
  private final AtomicLong moved = new AtomicLong();

  private Hands(Ticker drive) {
    this.drive = drive;
    origin = drive.nanoTime();
  }

  /** They stand still until they are moved. */
  static Hands standing() {
    return new Hands(() -> 0);
  }

  /** They run with the process's own clock. */
  static Hands running() {
    return new Hands(Ticker.SYSTEM);
  }

  @Override
  public long nanoTime() {
    return drive.nanoTime() - origin + moved.get();
  }

  void move(long nanos) {
    moved.addAndGet(nanos);
  }
}
