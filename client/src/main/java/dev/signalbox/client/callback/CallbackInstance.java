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
   * minimum} that is kept ready. The maximum holds all the same, for all callbacks together. Once
   * answered true, it stays true; after false it may be asked again, and is judged anew.
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
