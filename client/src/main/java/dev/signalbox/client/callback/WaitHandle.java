package dev.signalbox.client.callback;

/**
 * An acquire that was asked for, and the callback that runs when it is granted or its time has run
 * out (C9).
 *
 * <p>Besides what {@link CallbackHandle#completion} says, its completion fails with
 *
 * <ul>
 *   <li>the {@link dev.signalbox.client.SignalboxException} with which the acquire failed: the
 *       callback never ran;
 *   <li>{@link dev.signalbox.client.SignalboxException.SessionLost} or {@link
 *       dev.signalbox.client.SignalboxException.GrantExpired}: the grant was lost while the
 *       callback was queued, and it never ran;
 *   <li>{@link java.util.concurrent.CancellationException}: it was cancelled, or its pool or
 *       cleanup group was closed before the grant came.
 * </ul>
 */
public interface WaitHandle extends CallbackHandle, CallbackObject {
  /**
   * Cancels it unless its callback has begun. A grant that has come, or comes all the same, is
   * given back; what the acquire consumed stays consumed. Idempotent.
   *
   * @return true: no callback ran for it, and none will; false: one runs or has run
   */
  boolean cancel();
}
