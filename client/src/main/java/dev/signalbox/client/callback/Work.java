package dev.signalbox.client.callback;

import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * A work object: one callback, submitted as often as is liked. Each submission is a run of its own,
 * with intents of its own; several may run at once. Runs wait in the pool's queue like any other
 * callback, in the order of their submission (C1). It holds nothing while it has no runs, so it
 * need not be closed.
 */
public interface Work extends CallbackObject {
  /**
   * Queues a run; waits for room if the queue is full.
   *
   * @throws RejectedExecutionException if the pool or the cleanup group is closed, or if the
   *     executor brought by the user gives no thread
   * @throws InterruptedException if interrupted while waiting for room; then it is not queued
   */
  CallbackHandle submit() throws InterruptedException;

  /**
   * Queues a run; empty if the pool or the cleanup group is closed or the queue is full.
   *
   * @throws RejectedExecutionException if the executor brought by the user gives no thread
   */
  Optional<CallbackHandle> trySubmit();
}
