package dev.signalbox.client.callback;

/**
 * Hears of everything that goes wrong in a pool, before the callback's completion does. What is not
 * overridden is logged, so that no failure is silent. Called on threads of the pool, of several
 * callbacks at once; what it throws is logged.
 */
public interface PoolListener {
  /** The callback threw, an error perhaps (C5). Its intents were carried out all the same. */
  default void callbackThrew(CallbackHandle callback, Throwable thrown) {
    Log.LOG.error("{} threw", callback, thrown);
  }

  /**
   * Something that was to happen when the callback returned did not: the release was refused (C6),
   * permits were lost before they could be given back (C11), or unlocking or closing threw.
   */
  default void intentFailed(CallbackHandle callback, Throwable failure) {
    Log.LOG.error("{} returned, but not all of its intents were carried out", callback, failure);
  }

  /**
   * The acquire for a wait's callback failed, or its grant was lost before the callback began: the
   * callback did not run (C9). A re-arming wait object asks again where that may help.
   */
  default void acquireFailed(CallbackHandle callback, Throwable failure) {
    Log.LOG.error("{} will not run, as its permits were not acquired", callback, failure);
  }

  /** The cancel handler of a cleanup group's member threw (C10). Called on the closing thread. */
  default void cancelHandlerThrew(Throwable thrown) {
    Log.LOG.error("a cancel handler of a cleanup group threw", thrown);
  }
}
