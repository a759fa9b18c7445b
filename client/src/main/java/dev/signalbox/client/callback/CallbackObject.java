package dev.signalbox.client.callback;

import java.time.Duration;

/** An object of a pool that has callbacks, which can be waited for. Thread-safe. */
public interface CallbackObject {
  /**
   * Waits for those callbacks of this object that are queued or run now, until each is complete
   * (C4) or has {@linkplain CallbackInstance#disassociateCurrentThread dissociated} itself (C7).
   * Callbacks that are queued later are not waited for, nor are grants that have not come (C9).
   *
   * @param cancelPending whether those that have not begun are cancelled first: they never run,
   *     their completions fail with {@link java.util.concurrent.CancellationException}, and what
   *     was granted for them is given back. A wait object waits for no grant any more
   * @throws IllegalStateException if called by one of those callbacks: it would wait for itself
   * @throws InterruptedException if interrupted while waiting; the callbacks go on
   */
  void awaitCallbacks(boolean cancelPending) throws InterruptedException;

  /**
   * As {@link #awaitCallbacks(boolean)}, but waits no longer than given.
   *
   * @return whether all of them are complete or dissociated
   */
  boolean awaitCallbacks(boolean cancelPending, Duration wait) throws InterruptedException;
}
