package dev.signalbox.client.callback;

/** Work for a {@link CallbackPool}. */
@FunctionalInterface
public interface Callback {
  /**
   * Does the work. Returning and throwing are both ways to return: the intents registered on the
   * instance are carried out after either (C4, C5).
   *
   * @param instance this run of the callback, good until it returns
   * @throws Exception whatever the work throws; it reaches {@link CallbackHandle#completion} and
   *     the {@link PoolListener}
   */
  void run(CallbackInstance instance) throws Exception;
}
