package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.Snapshot;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots, one at a time: decides when, and has each written beside the further work. A
 * small state is copied in its turn; a large one would keep everybody waiting, so it is {@linkplain
 * ReplayedSnapshot made a second time} from the log.
 */
final class Snapshots implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** What an entry costs beside its bytes, in bytes: so much time is spent on it at a restart. */
  private static final int ENTRY_BYTES = 1_600;

  private static final long STOP_SECONDS = 10;

  /**
   * When to take a snapshot, and how.
   *
   * @param growth due when the log has grown by so many bytes since the last one, and by as many as
   *     that one has
   * @param copied the largest state that is copied in its turn, in {@linkplain Replica#isLargerThan
   *     pieces}
   */
  record Policy(long growth, long copied) {
    /** Judged from 0.1 s and more for a million. */
    static final long DEFAULT_COPIED = 50_000;
  }

  private final Policy policy;
  private final SnapshotFiles files;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "signalbox-snapshots");
        thread.setDaemon(true);
        return thread;
      });

  private volatile @Nullable EntryLog log;

  /** How much the log has grown since the last one. Guarded by the replica. */
  private long growth;

  private volatile long lastSize;
  private volatile boolean writing;

  /** Snapshots of nothing yet. */
  Snapshots(Policy policy, SnapshotFiles files) {
    this.policy = policy;
    this.files = files;
  }

  /** From here on snapshots are taken of this log, and it is purged. */
  void takeOf(EntryLog started) {
    log = started;
  }

  /** The state comes from a snapshot of this size. */
  void restored(long size) {
    lastSize = size;
    growth = 0;
  }

  /**
   * An entry of this size was applied, and the replica is now as it left it.
   *
   * @throws IOException if the log is not to be used any more
   */
  void applied(int size, TermIndex at, Replica replica) throws IOException {
    growth += size + ENTRY_BYTES;
    EntryLog current = log;
    if (current != null && !writing && growth >= Math.max(policy.growth, lastSize)) {
      take(current, at, replica);
    }
  }

  /** Takes one now and waits until it is written. Nothing is purged. */
  void take(TermIndex at, Replica replica) throws IOException {
    lastSize = files.write(replica.snapshot(), at);
  }

  private void take(EntryLog current, TermIndex at, Replica replica) throws IOException {
    current.seal();
    Snapshot snapshot =
        replica.isLargerThan(policy.copied)
            ? new ReplayedSnapshot(files, current, at)
            : replica.snapshot();
    writing = true;
    growth = 0;
    writer.execute(() -> write(snapshot, at, current));
  }

  /** Leaves a snapshot that is being written unfinished. */
  @Override
  public void close() {
    writer.shutdownNow();
    try {
      if (!writer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("A snapshot is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Snapshot snapshot, TermIndex at, EntryLog purged) {
    try {
      lastSize = files.write(snapshot, at);
      purged.purge(at.getIndex());
    } catch (IOException | RuntimeException e) {
      if (writer.isShutdown() || isOvertaken(at)) {
        LOG.info("The snapshot of entry {} was given up: {}", at, e.toString());
      } else {
        LOG.error("No snapshot of entry {} could be written; the log keeps growing", at, e);
      }
    } finally {
      writing = false;
    }
  }

  /** Whether a leader has sent a later one meanwhile. */
  private boolean isOvertaken(TermIndex at) {
    SingleFileSnapshotInfo latest = files.latest();
    return latest != null && latest.getIndex() > at.getIndex();
  }
}
