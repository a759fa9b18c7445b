package dev.signalbox.client.callback;

import java.util.concurrent.CompletableFuture;

/** One callback that was submitted, as its submitter sees it. Thread-safe. */
public interface CallbackHandle {
  /** How far it has come. */
  CallbackState state();

  /**
   * Completed when the callback is complete: it has returned and all its intents are dealt with,
   * the networked ones applied by the service (C4). A future of the caller's own: cancelling it
   * cancels nothing.
   *
   * <p>It fails with the first of these that happened, the others {@linkplain
   * Throwable#getSuppressed suppressed} in it:
   *
   * <ul>
   *   <li>what the callback threw (C5);
   *   <li>what unlocking a lock threw;
   *   <li>the {@link dev.signalbox.client.SignalboxException} with which the release was refused;
   *       held permits were given back all the same (C6);
   *   <li>{@link PermitsLostException}: permits were lost before they could be given back (C11);
   *   <li>what closing a resource threw;
   *   <li>{@link java.util.concurrent.CancellationException}: it never ran, see {@link
   *       CallbackPool#cancelPending};
   *   <li>{@link java.util.concurrent.RejectedExecutionException}: it never ran, as the executor
   *       brought by the user gave no thread.
   * </ul>
   *
   * <p>Crash-safe signals that were left to the service, as the session was lost, are no failure:
   * see {@link PoolListener#leftToService} (L8).
   *
   * <p>Stages that depend on it run on a thread of the pool or on the client's executor.
   */
  CompletableFuture<Void> completion();
}
