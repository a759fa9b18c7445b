package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
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
 * What the engine calls: brings its entries, roles and snapshots to the {@link Replica}. The engine
 * applies entries on one thread, but changes roles and finishes reads on others, so the replica is
 * only ever touched in {@link #inTurn}.
 */
final class LogStateMachine extends BaseStateMachine {
  private static final long START_SECONDS = 60;
  private static final CompletableFuture<Message> NO_REPLY =
      CompletableFuture.completedFuture(Message.EMPTY);

  private final SnapshotFiles files = new SnapshotFiles();
  private final Replica replica;
  private final OwnBatches own;
  private final Snapshots snapshots;
  private final Consumer<Throwable> failed;

  /** Completed when this node first leads, or can no longer come to. */
  private final CompletableFuture<Void> led = new CompletableFuture<>();

  private volatile Runnable membersChanged = () -> {};

  /** Written in turn. */
  private volatile boolean leads;

  /**
   * A state machine that the engine is to start.
   *
   * @param own the batches that this node submits
   * @param failed told, on any thread, when the log can no longer be relied on
   */
  LogStateMachine(
      Replica replica, OwnBatches own, Snapshots.Policy snapshots, Consumer<Throwable> failed) {
    this.replica = replica;
    this.own = own;
    this.snapshots = new Snapshots(snapshots, files);
    this.failed = failed;
  }

  /**
   * Runs something that no other touch of the replica may overlap: on the apply thread, as it were.
   */
  void inTurn(Runnable work) {
    synchronized (replica) {
      work.run();
    }
  }

  /** Serves reads, if this node still leads. */
  void serve(List<Read> reads) {
    synchronized (replica) {
      if (leads) {
        replica.serve(reads);
      } else {
        reads.forEach(read -> read.failed(Failure.NOT_LEADER));
      }
    }
  }

  /** Serves reads, whoever leads. */
  void serveStale(List<Read> reads) {
    synchronized (replica) {
      replica.serve(reads);
    }
  }

  /**
   * Waits for the first time that this node leads.
   *
   * @throws IOException if it cannot come to that
   */
  void awaitLeadership() throws IOException {
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
  void checkFollowedBy(long firstEntry) throws UnusableLog {
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

  boolean leads() {
    return leads;
  }

  /** Says what to do when the members may have changed. */
  void onMembersChanged(Runnable action) {
    membersChanged = action;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
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
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  /** A leader has sent a snapshot. */
  @Override
  public void reinitialize() throws IOException {
    getLifeCycle().transition(LifeCycle.State.STARTING);
    SingleFileSnapshotInfo latest = files.latest();
    if (latest != null) {
      files.sync(latest);
      restore(latest);
    }
    getLifeCycle().transition(LifeCycle.State.RUNNING);
  }

  @Override
  public StateMachineStorage getStateMachineStorage() {
    return files.storage();
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    try {
      apply(entry, entry.getStateMachineLogEntry());
    } catch (RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    return NO_REPLY;
  }

  private void apply(LogEntryProto entry, StateMachineLogEntryProto content) {
    TermIndex at = TermIndex.valueOf(entry);
    Batch batch = own.take(content);
    Entry commands =
        batch != null ? batch.entry() : EntryCodec.decode(content.getLogData().toByteArray());
    synchronized (replica) {
      replica.apply(commands, batch);
      updateLastAppliedTermIndex(at);
      snapshots.applied(content.getLogData().size(), at, replica);
    }
  }

  /** Only ever asked for by an administrator of the engine: {@link Snapshots} knows when. */
  @Override
  public long takeSnapshot() {
    SingleFileSnapshotInfo latest = files.latest();
    return latest == null ? RaftLog.INVALID_LOG_INDEX : latest.getIndex();
  }

  @Override
  public void notifyLeaderReady() {
    synchronized (replica) {
      leads = true;
      replica.lead();
    }
    led.complete(null);
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    stopLeading(Failure.UNKNOWN);
  }

  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
    fail(cause);
  }

  @Override
  public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
    fail(
        allServer
            ? new IllegalStateException("the log was shut down")
            : new RemovedNode(getId().toString()));
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto newConfiguration) {
    membersChanged.run();
  }

  private void fail(Throwable cause) {
    led.completeExceptionally(cause);
    failed.accept(cause);
  }

  /** Nothing that is on its way will be answered by this node. */
  void stopLeading(Failure why) {
    synchronized (replica) {
      if (leads) {
        leads = false;
        replica.follow();
      }
      for (long call : own.calls()) {
        drop(call, why);
      }
    }
  }

  /** Gives up one batch, if it is still on its way. */
  void drop(long call, Failure why) {
    synchronized (replica) {
      Batch batch = own.take(call);
      if (batch != null) {
        batch.dropped(why);
      }
    }
  }

  private void restore(SingleFileSnapshotInfo snapshot) throws IOException {
    synchronized (replica) {
      files.read(snapshot, replica::readFrom);
      setLastAppliedTermIndex(snapshot.getTermIndex());
      snapshots.restored(snapshot.getFile().getFileSize());
    }
  }
}
