package dev.signalbox.client.callback;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An object whose callbacks are on a roll: how to wait for them. */
interface RollKeeper extends CallbackObject {
  /** The callbacks that are queued or run and have not dissociated themselves. */
  Roll runs();

  /** Cancels what has not begun. */
  void cancelPending();

  @Override
  default void awaitCallbacks(boolean cancelPending) throws InterruptedException {
    var unused = awaitThoseOfNow(cancelPending, Long.MAX_VALUE);
  }

  @Override
  default boolean awaitCallbacks(boolean cancelPending, Duration wait) throws InterruptedException {
    return awaitThoseOfNow(cancelPending, TimeUnit.NANOSECONDS.convert(wait));
  }

  private boolean awaitThoseOfNow(boolean cancelPending, long nanos) throws InterruptedException {
    runs().refuseFromWithin();
    if (cancelPending) {
      cancelPending();
    }
    return runs().awaitThoseOfNow(nanos);
  }
}
