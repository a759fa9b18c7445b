package dev.signalbox.server.replication;

import java.io.IOException;
import java.util.List;

/**
 * The ordered log of entries. An adapter decides where entries are kept and who leads; it hands
 * every entry, in one order that all nodes share, to the {@link Replica}, on one thread at a time:
 * the apply thread.
 */
public interface CommandLog extends AutoCloseable {
  /** The most entries that the sequencer may have on their way; small, so that entries fill up. */
  int maxInFlight();

  /**
   * Begins: restores the replica where there is a snapshot, applies what the log holds, then
   * reports the role. Called once, on the sequencer's thread.
   *
   * @throws IOException if the log cannot be read; the message says what to do
   */
  void start(Replica replica) throws IOException;

  /**
   * Appends an entry, on the thread whose turn it is. It comes back as {@link Replica#apply}
   * together with this batch, or as {@link Batch#dropped}; on this thread before this returns, or
   * later on another.
   */
  void submit(Batch batch);

  /**
   * Whether {@link #submit} comes back soon enough for a thread that others wait for, too, as they
   * do for a connection's. Asked on any thread.
   */
  default boolean isPrompt() {
    return true;
  }

  /**
   * For how long {@link #submit} has kept its thread by now, in nanoseconds: if that is a
   * connection's, nobody was heard from on it since. 0: it does not. Asked on any thread.
   */
  default long stalledNanos() {
    return 0;
  }

  /**
   * Serves reads through {@link Replica#serve} once everything is applied that any leader had
   * acknowledged when this was called; or refuses them.
   */
  void read(List<Read> reads);

  /** Serves reads from what this node has applied, whoever leads and however far it is behind. */
  void readStale(List<Read> reads);

  /**
   * Makes sure that this node leads at a moment after this call: a node that was paused may believe
   * it long after another one took over. One of the two is run, on any thread.
   */
  void confirmLeadership(Runnable confirmed, Runnable denied);

  /** Who keeps the log. To be asked once the log has started. */
  Cluster cluster();

  /**
   * If this node leads and another one can, makes that one lead, and waits until it does: that is
   * faster than letting the others find out. The log then goes on as a follower's.
   */
  default void handOver() {}

  /** Stops; what is on its way is dropped. */
  @Override
  void close();
}
