package dev.signalbox.client.callback;

import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs callbacks, and when each returns carries out what was registered on its {@link
 * CallbackInstance}: above all, gives back permits and signals semaphores in one atomic request (C1
 * to C6). A thread does not wait for that request but goes on with the next callback.
 *
 * <p>Closing the client ends the requests of a pool that still runs: they fail, and their callbacks
 * complete with {@link dev.signalbox.client.SignalboxException.ClientClosed}. So close the pool
 * first. Thread-safe.
 */
public interface CallbackPool extends AutoCloseable {
  /** A pool whose callbacks' intents go through the given client. */
  static CallbackPool on(SignalboxClient client, PoolOptions options) {
    return new Pool(client, options);
  }

  /**
   * Queues a callback; waits for room if the queue is full (C1).
   *
   * @throws RejectedExecutionException if the pool is closed, or if the executor brought by the
   *     user gives no thread
   * @throws InterruptedException if interrupted while waiting for room; then it is not queued
   */
  CallbackHandle submit(Callback callback) throws InterruptedException;

  /**
   * Queues a callback; empty if the pool is closed or its queue is full (C1).
   *
   * @throws RejectedExecutionException if the executor brought by the user gives no thread
   */
  Optional<CallbackHandle> trySubmit(Callback callback);

  /**
   * How many threads are kept when there is nothing to do, once they were needed: 0 to the maximum
   * (C1). Of no meaning on an executor brought by the user, whose threads are left when there is
   * nothing to do.
   */
  void setMinimumThreads(int threads);

  /**
   * How many callbacks run at once: at least 1, and at least the minimum (C1). When lowered,
   * running callbacks are not disturbed: the next ones wait until fewer run.
   */
  void setMaximumThreads(int threads);

  /**
   * Cancels the callbacks that are queued now: they never run, and their completions fail with
   * {@link java.util.concurrent.CancellationException}.
   *
   * @return how many
   */
  int cancelPending();

  /** The pool's counters. */
  PoolMetrics metrics();

  /**
   * Takes no more callbacks, lets the queued ones run and waits until all are complete, releases
   * included. An interrupt ends the waiting, not the callbacks. Idempotent. A callback must not
   * call it: it would wait for itself.
   */
  @Override
  void close();

  /**
   * As {@link #close()}, but waits no longer than given.
   *
   * @return whether all callbacks are complete
   */
  boolean close(Duration wait) throws InterruptedException;
}
