package dev.signalbox.client.internal;

/** A monotonic clock, of which only differences mean anything. */
@FunctionalInterface
public interface Ticker {
  /** The process's own. */
  Ticker SYSTEM = System::nanoTime;

  /** Nanoseconds since some moment. */
  long nanoTime();
}
