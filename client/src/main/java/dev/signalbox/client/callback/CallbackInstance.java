package dev.signalbox.client.callback;

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
   * do, ask {@link dev.signalbox.client.Permit#ensureHeld}.
   */
  boolean isCancelled();
}
