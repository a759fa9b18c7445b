package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.Snapshot;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots: decides when, copies the state in its turn, and writes the copy beside the
 * further work. One at a time.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** What an entry costs beside its bytes, in bytes: so much time is spent on it at a restart. */
  private static final int ENTRY_BYTES = 600;

  private final long threshold;
  private final SnapshotFiles files;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "signalbox-snapshots");
        thread.setDaemon(true);
        return thread;
      });

  private volatile LongConsumer written = index -> {};

  /** How much the log has grown since the last one. Guarded by the replica. */
  private long growth;

  private volatile long lastSize;
  private volatile boolean writing;

  /**
   * Snapshots of nothing yet.
   *
   * @param threshold how much the log must have grown since the last one
   */
  Snapshots(long threshold, SnapshotFiles files) {
    this.threshold = threshold;
    this.files = files;
  }

  /** Says what to do with the index of the last entry of each snapshot that was written. */
  void onWritten(LongConsumer action) {
    written = action;
  }

  /** The state comes from a snapshot of this size. */
  void restored(long size) {
    lastSize = size;
    growth = 0;
  }

  /** An entry of this size was applied. */
  void applied(int size) {
    growth += size + ENTRY_BYTES;
  }

  boolean isDue() {
    return !writing && growth >= Math.max(threshold, lastSize);
  }

  /** Copies the state, which is that of the given entry, and has it written. */
  void take(Replica replica, TermIndex at) {
    Snapshot snapshot = replica.snapshot();
    writing = true;
    growth = 0;
    writer.execute(() -> write(snapshot, at));
  }

  /** Waits for nothing: a snapshot that is being written is left unfinished. */
  @Override
  public void close() {
    writer.shutdownNow();
  }

  private void write(Snapshot snapshot, TermIndex at) {
    try {
      lastSize = files.write(snapshot, at);
      written.accept(at.getIndex());
    } catch (IOException | RuntimeException e) {
      LOG.error("No snapshot of entry {} could be written; the log keeps growing", at, e);
    } finally {
      writing = false;
    }
  }
}
