package dev.signalbox.client.callback;

import dev.signalbox.client.SignalboxClient;

/** Placeholder for the callback pool, which is written elsewhere. */
public interface CallbackPool {
  /** A pool of the given client. */
  @SuppressWarnings("DoNotCallSuggester")
  static CallbackPool on(SignalboxClient client, PoolOptions options) {
    throw new UnsupportedOperationException("not written yet");
  }
}
