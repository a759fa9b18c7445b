package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import java.util.Optional;

/** Work that is done when an acquire has been granted (C9). */
@FunctionalInterface
public interface AcquiredCallback {
  /**
   * Does the work. The grant was {@linkplain Permit#isHeld held} when the callback began, and is
   * given back when it has returned, as if it had been registered on the instance: unless the
   * callback {@linkplain CallbackInstance#keepWhenCallbackReturns keeps} it, or it was consumed.
   *
   * @param instance this run of the callback, good until it returns
   * @param grant what was granted; empty: the time to wait ran out
   * @throws Exception whatever the work throws, as with {@link Callback#run}
   */
  void run(CallbackInstance instance, Optional<Permit> grant) throws Exception;
}
