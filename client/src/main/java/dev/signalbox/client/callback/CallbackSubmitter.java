package dev.signalbox.client.callback;

import dev.signalbox.client.Acquire;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** What takes callbacks: a pool, or a cleanup group of one. Thread-safe. */
public interface CallbackSubmitter {
  /**
   * Queues a callback; waits for room if the queue is full (C1).
   *
   * @throws RejectedExecutionException if the pool or the group is closed, or if the executor
   *     brought by the user gives no thread
   * @throws InterruptedException if interrupted while waiting for room; then it is not queued
   */
  CallbackHandle submit(Callback callback) throws InterruptedException;

  /**
   * Queues a callback; empty if the pool or the group is closed or the queue is full (C1).
   *
   * @throws RejectedExecutionException if the executor brought by the user gives no thread
   */
  Optional<CallbackHandle> trySubmit(Callback callback);

  /** A work object: one callback to be submitted many times, and waited for (C7). */
  Work work(Callback callback);

  /**
   * Queues a callback as soon as an acquire is granted, or its time to wait has run out (C9). No
   * thread waits meanwhile. Never blocks for room in the queue: a grant's callback always finds
   * some, as there are no more waits than {@link PoolOptions#waits} allows.
   *
   * <p>The grant is {@linkplain Intents#releaseWhenCallbackReturns given back when the callback
   * returns}, unless the callback {@linkplain CallbackInstance#keepWhenCallbackReturns keeps} it or
   * the acquire {@linkplain Acquire#consume consumes}.
   *
   * @param request what to acquire, and how long to wait for it: for ever unless it says otherwise
   * @throws RejectedExecutionException if the pool or the group is closed, or has as many waits as
   *     it may have
   */
  WaitHandle submitWhenAcquired(Acquire request, AcquiredCallback callback);

  /**
   * A wait object: an acquire and a callback for its grant, to be armed as often as is liked (C9).
   * It waits for nothing until {@link WaitObject#arm}.
   *
   * @param rearming whether it arms itself again whenever a callback of it is complete
   */
  WaitObject waitObject(Acquire request, AcquiredCallback callback, boolean rearming);
}
