package dev.signalbox.benchmarks.load;

import java.util.concurrent.CompletionStage;

/** One permit that is held. */
public interface Held {
  /** Gives it back and waits until the service has said so. */
  void release() throws Exception;

  /** Gives it back without waiting for the answer. */
  default void releaseUnawaited() {
    throw new UnsupportedOperationException();
  }

  /** Gives it back; completed by the answer. */
  default CompletionStage<?> releaseAsync() {
    throw new UnsupportedOperationException();
  }
}
