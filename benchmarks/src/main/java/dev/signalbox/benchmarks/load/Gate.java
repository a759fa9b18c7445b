package dev.signalbox.benchmarks.load;

import java.util.concurrent.CompletionStage;

/** A semaphore, seen from a {@link Client}. Thread-safe. */
public interface Gate {
  /** Acquires one permit, however long it takes. */
  Held acquire() throws Exception;

  /** See {@link #acquire}; no thread waits. */
  default CompletionStage<Held> acquireAsync() {
    throw new UnsupportedOperationException();
  }
}
