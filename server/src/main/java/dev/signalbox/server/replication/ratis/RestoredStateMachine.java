package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * What the engine restores: brings its snapshots and entries to the {@link Replica}. By itself it
 * is enough for a start, when nobody else touches the replica.
 */
class RestoredStateMachine extends BaseStateMachine {
  private static final long START_SECONDS = 60;
  private static final CompletableFuture<Message> NO_REPLY =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final SnapshotFiles files = new SnapshotFiles();
  private final Replica replica;
  private final Snapshots snapshots;

  /** Completed when this node first leads, or can no longer come to. */
  private final CompletableFuture<Void> led = new CompletableFuture<>();

  /** A state machine that the engine is to start. */
  RestoredStateMachine(Replica replica, Snapshots.Policy snapshots) {
    this.replica = replica;
    this.snapshots = new Snapshots(snapshots, files);
  }

  /**
   * Waits for the first time that this node leads: everything in the log has been applied then.
   *
   * @throws IOException if it cannot come to that
   */
  final void awaitLeadership() throws IOException {
    try {
      led.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no leader", e);
    }
  }

  /**
   * Makes sure that nothing is missing between the snapshot and the log.
   *
   * @param firstEntry where the log begins
   * @throws UnusableLog if there is a gap
   */
  final void checkFollowedBy(long firstEntry) throws UnusableLog {
    long last = getLastAppliedTermIndex().getIndex();
    if (firstEntry > last + 1) {
      throw new UnusableLog(
          "the log begins with entry "
              + firstEntry
              + ", but there is no snapshot beyond entry "
              + last
              + UnusableLog.WHAT_TO_DO);
    }
  }

  final Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public final void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    getLifeCycle().transition(LifeCycle.State.STARTING);
    files.init(raftStorage);
    SingleFileSnapshotInfo latest = files.latest();
    if (latest != null) {
      restore(latest);
    }
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  @Override
  public final void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** A leader has sent a snapshot. */
  @Override
  public final void reinitialize() throws IOException {
    getLifeCycle().transition(LifeCycle.State.STARTING);
    SingleFileSnapshotInfo latest = files.latest();
    if (latest != null) {
      files.sync(latest);
      restore(latest);
    }
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  @Override
  public final StateMachineStorage getStateMachineStorage() {
    return files.storage();
  }

  @Override
  public final CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    try {
      apply(entry, entry.getStateMachineLogEntry());
    } catch (IOException e) {
      fail(e);
      return CompletableFuture.failedFuture(e);
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    return NO_REPLY;
  }

  private void apply(LogEntryProto entry, StateMachineLogEntryProto content) throws IOException {
    TermIndex at = TermIndex.valueOf(entry);
    Batch batch = batchOf(content);
    Entry commands =
        batch != null ? batch.entry() : EntryCodec.decode(content.getLogData().toByteArray());
    synchronized (replica) {
      replica.apply(commands, batch);
      updateLastAppliedTermIndex(at);
      snapshots.applied(content.getLogData().size(), at, replica);
    }
  }

  /** The batch that an entry was submitted with; null if another life or node did. */
  @Nullable Batch batchOf(StateMachineLogEntryProto entry) {
    return null;
  }

  /** Only ever asked for by an administrator of the engine: {@link Snapshots} knows when. */
  @Override
  public final long takeSnapshot() {
    SingleFileSnapshotInfo latest = files.latest();
    return latest == null ? RaftLog.INVALID_LOG_INDEX : latest.getIndex();
  }

  @Override
  public void notifyLeaderReady() {
    led.complete(null);
  }

  @Override
  public final void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    fail(cause);
  }

  @Override
  public final void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
    fail(
        allServer
            ? new IllegalStateException("the log was shut down")
            : new RemovedNode(getId().toString()));
  }

  /** The engine can no longer be relied on. */
  void fail(Throwable cause) {
    led.completeExceptionally(cause);
  }

  private void restore(SingleFileSnapshotInfo snapshot) throws IOException {
    synchronized (replica) {
      files.read(snapshot, replica::readFrom);
      setLastAppliedTermIndex(snapshot.getTermIndex());
      snapshots.restored(snapshot.getFile().getFileSize());
    }
  }
}
