package dev.signalbox.client.callback;

import dev.signalbox.client.SignalboxClient;
import java.time.Duration;

/**
 * Runs callbacks, and when each returns carries out what was registered on its {@link
 * CallbackInstance}: above all, gives back permits and signals semaphores in one atomic request (C1
 * to C6). A thread does not wait for that request but goes on with the next callback. Callbacks may
 * also be queued when a grant arrives (C9), and be ended in groups (C10).
 *
 * <p>Closing the client ends the requests of a pool that still runs: they fail, and their callbacks
 * complete with {@link dev.signalbox.client.SignalboxException.ClientClosed}. So close the pool
 * first. Thread-safe.
 */
public interface CallbackPool extends CallbackSubmitter, AutoCloseable {
  /** A pool whose callbacks' intents go through the given client. */
  static CallbackPool on(SignalboxClient client, PoolOptions options) {
    return new Pool(client, options);
  }

  /** A group whose members are ended together (C10). */
  CleanupGroup cleanupGroup();

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
   * Cancels the callbacks that are queued now: they never run, their completions fail with {@link
   * java.util.concurrent.CancellationException}, and grants that they were queued for are given
   * back. Those whose grant has not come are not queued.
   *
   * @return how many
   */
  int cancelPending();

  /** The pool's counters. */
  PoolMetrics metrics();

  /**
   * Takes no more callbacks, cancels the waits for grants, lets the queued callbacks run and waits
   * until all are complete, releases included. An interrupt ends the waiting, not the callbacks.
   * Idempotent.
   *
   * @throws IllegalStateException if called by a callback of the pool: it would wait for itself.
   *     Nor may a stage of a completion call it, though that is not always noticed
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
