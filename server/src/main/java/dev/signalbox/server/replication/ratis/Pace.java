package dev.signalbox.server.replication.ratis;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a disk keeps those waiting who write to it: one at a time writes, any thread may ask.
 */
final class Pace {
  /** So much is what it costs to let another thread do it, a few times over. */
  private static final long PROMPT = TimeUnit.MILLISECONDS.toNanos(1);

  /** One slow write among fast ones is no reason to change anything, so it does not count whole. */
  private static final long COUNTED = 8 * PROMPT;

  private static final int WEIGHT = 8;
  private static final long NOT_WRITING = Long.MIN_VALUE;

  private final LongSupplier nanoTime;

  /** Both are only written by who writes to the disk. */
  private volatile long begun = NOT_WRITING;

  private volatile long average;

  /**
   * Of a disk of which nothing is known yet.
   *
   * @param nanoTime monotonic nanoseconds
   */
  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A write begins. */
  void begin() {
    begun = nanoTime.getAsLong();
  }

  /** It is over. */
  void end() {
    long took = Math.min(COUNTED, nanoTime.getAsLong() - begun);
    long before = average;
    average = before + (took - before) / WEIGHT;
    begun = NOT_WRITING;
  }

  /** Whether the last writes were fast. */
  boolean isPrompt() {
    return average < PROMPT;
  }

  /** Nanoseconds since the write under way was begun; 0: there is none. */
  long stalledNanos() {
    long since = begun;
    return since == NOT_WRITING ? 0 : nanoTime.getAsLong() - since;
  }
}
