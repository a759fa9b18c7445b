package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;

/**
 * One run of a callback, as the callback sees it: where it says what is to happen when it returns
 * (C2), and where it hears that it should give up. Thread-safe.
 */
public interface CallbackInstance extends Intents {
  /** Intents that are carried out only if the callback returns without throwing (C5). */
  Intents onSuccess();

  /**
   * Intents whose signals happen even if this process dies while the callback runs (L8). {@link
   * #releaseSemaphoreWhenCallbackReturns} on this view returns when the service has taken note of
   * the signal: from then on it is applied exactly once, with this callback's one request when it
   * has returned, in whatever way, or by the service itself with the end of the session. So a
   * registration costs a request, and blocks until it is answered. One that waits while the
   * callback returns is waited for.
   *
   * <p>It throws, and registers nothing, if
   *
   * <ul>
   *   <li>it is refused, above all with {@link
   *       dev.signalbox.client.SignalboxException.QuotaExceeded}, as the wills of a session are
   *       limited;
   *   <li>it cannot be sent: {@link dev.signalbox.client.SignalboxException.Unavailable};
   *   <li>the session is lost, or was lost since the callback's first crash-safe signal: {@link
   *       dev.signalbox.client.SignalboxException.SessionLost}. If its conclusion is {@code
   *       UNKNOWN}, the service may carry out this signal all the same, with those before it;
   *   <li>its thread is or was interrupted: {@link java.util.concurrent.CancellationException}, the
   *       thread's interrupt flag is set, and what may have been sent is withdrawn.
   * </ul>
   *
   * <p>If the session is lost while the callback runs, the service carries the signals out. They
   * are not sent again, which is no failure; {@link PoolListener#leftToService} hears of it. A
   * client that is closed leaves no will, not even where the JVM ends in order while the callback
   * runs (L6): close the pool first, which waits for it.
   *
   * <p>The other methods are those of this instance: permits go back with their lease anyway, and
   * local locks and resources die with the process.
   */
  Intents crashSafe();

  /**
   * Whether a permit registered here was lost while the callback ran: what it does from now on, it
   * may not be alone in doing (L4). With {@link PoolOptions#interruptOnLoss} its thread is
   * interrupted too. News of a loss travels by a thread; right before an act that only a holder may
   * do, ask {@link Permit#ensureHeld}.
   */
  boolean isCancelled();

  /**
   * Takes back what was registered for the permit: it stays held when the callback returns, and is
   * the caller's to give back. Meant for the grant of a wait object (C9), which is registered by
   * itself; of no effect if the permit is not registered. From any thread while the callback runs.
   *
   * @throws IllegalStateException if the callback has returned
   */
  void keepWhenCallbackReturns(Permit permit);

  /**
   * Asks whether the pool can spare this thread for long (C8): whether another thread is free for
   * the callbacks that wait, or could be started, within the maximum. If so this thread is counted
   * out until the callback returns: it is none of the {@linkplain CallbackPool#setMinimumThreads
   * minimum} that is kept ready. The maximum holds all the same, for all callbacks together.
   *
   * <p>To be asked once: as in the model, any further call answers true and changes nothing.
   *
   * <p>Of an executor brought by the user it is believed that it gives a thread when asked.
   *
   * @throws IllegalStateException if called on another thread than the callback's, or when it has
   *     returned
   */
  boolean callbackMayRunLong();

  /**
   * Lets those go on who wait for the callbacks of this callback's {@linkplain
   * CallbackObject#awaitCallbacks work object or wait object} (C7). Nothing else changes: the
   * intents, the completion, the cleanup group and the pool wait for the real return. A second call
   * is of no effect, as is one in a callback that was submitted by itself.
   *
   * @throws IllegalStateException if called on another thread than the callback's, or when it has
   *     returned
   */
  void disassociateCurrentThread();
}
