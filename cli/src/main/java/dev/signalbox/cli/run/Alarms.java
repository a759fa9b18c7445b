package dev.signalbox.cli.run;

import java.time.Duration;

/** A clock, and a thread on which things happen when it is their time. */
interface Alarms {
  /** A time that only grows, in nanoseconds. */
  long nanoTime();

  /** Does this as soon as possible. */
  void now(Runnable task);

  /** Does this after so long, unless it is cancelled before. */
  Cancellable after(Duration delay, Runnable task);

  /** What may still be prevented. */
  interface Cancellable {
    /** Prevents it. */
    void cancel();
  }
}
