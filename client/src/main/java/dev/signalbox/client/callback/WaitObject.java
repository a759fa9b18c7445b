package dev.signalbox.client.callback;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A wait object: an acquire and a callback for its grant (C9). Arming it asks for the permits; the
 * callback is queued when they are granted, or when the time to wait has run out. It has at most
 * one such wait at a time.
 *
 * <p>One that is not re-arming is armed until its callback begins: from then on, also by the
 * callback itself, it can be armed again. A re-arming one arms itself again when its callback is
 * complete: it has returned, and what it gave back was applied (C4). It stays armed until it is
 * disarmed, its pool or cleanup group is closed, or an acquire fails. The loss of a session, a
 * grant that is lost while its callback is queued and a service out of reach do not end it: it asks
 * again. Nor does a callback that throws, or is cancelled with others of its pool.
 */
public interface WaitObject extends CallbackObject, AutoCloseable {
  /**
   * Begins to wait for a grant; of no effect if it is armed.
   *
   * @throws RejectedExecutionException if this object, its pool or its cleanup group is closed, or
   *     if the pool has as many waits as it may have
   */
  void arm();

  /** Whether it waits for a grant, or has one for which its callback has not begun. */
  boolean isArmed();

  /**
   * Waits for no grant any more. A grant that has come, or comes all the same, is given back unless
   * its callback has begun.
   *
   * @return true: a wait was cancelled; false: it was not armed, or its callback runs
   */
  boolean disarm();

  /**
   * Completed when the last arming is over. It fails as {@link WaitHandle} says; with {@link
   * java.util.concurrent.CancellationException} if it was disarmed. Of one that is re-arming it
   * never completes normally, and the failures of its callbacks reach the {@link PoolListener}
   * only. Already completed if it was never armed. A future of the caller's own.
   */
  CompletableFuture<Void> completion();

  /** Disarms it, for good. Does not wait for a callback that runs. Idempotent. */
  @Override
  void close();
}
