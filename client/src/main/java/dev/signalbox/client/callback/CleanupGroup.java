package dev.signalbox.client.callback;

import java.time.Duration;

/**
 * Callbacks, work objects and wait objects that are ended together (C10). What is submitted through
 * a group becomes its member; queue, threads and order remain the pool's. A group remembers only
 * what is queued, waits for a grant or runs, so it may live as long as its pool. Thread-safe.
 */
public interface CleanupGroup extends CallbackSubmitter, AutoCloseable {
  /**
   * Submits members of this group that have a cancel handler: it runs if the group is {@linkplain
   * #close(boolean) closed} in a way that cancels what is pending, once for each callback, work
   * object or wait object of which something was pending.
   *
   * <pre>{@code
   * group.onCancel(() -> log.info("not done")).submit(callback);
   * }</pre>
   *
   * @param handler runs on the closing thread and is best brief; what it throws reaches the {@link
   *     PoolListener}. It must not close the group, which waits for it
   */
  CallbackSubmitter onCancel(Runnable handler);

  /**
   * Takes no more members, and waits until all callbacks of its members are complete (C4), those
   * that {@linkplain CallbackInstance#disassociateCurrentThread dissociated} themselves included.
   * Waits for grants are cancelled, as their grants may never come; a grant that comes all the same
   * is given back. An interrupt ends the waiting, nothing else. Idempotent.
   *
   * @param cancelPending false: callbacks that are queued run first. True: they never run, nothing
   *     that was granted for them is kept, and their completions fail; when the running ones are
   *     complete, or the waiting has ended otherwise, the cancel handlers run in the order in which
   *     the members were submitted
   * @throws IllegalStateException if called by a callback of the group: it would wait for itself
   */
  void close(boolean cancelPending);

  /**
   * As {@link #close(boolean)}, but waits no longer than given.
   *
   * @return whether all callbacks are complete
   * @throws InterruptedException if interrupted while waiting; the group is closed all the same
   */
  boolean close(boolean cancelPending, Duration wait) throws InterruptedException;

  /** Closes it as {@link #close(boolean) close(false)} does: what is queued runs first. */
  @Override
  default void close() {
    close(false);
  }
}
