package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.replication.Replica;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.statemachine.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * What the engine calls while it keeps the log: roles, and the batches of this node, beside what it
 * restores. The engine applies entries on one thread, but changes roles and finishes reads on
 * others, so the replica is only ever touched in {@link #inTurn}.
 */
final class LogStateMachine extends RestoredStateMachine {
  private final Replica replica;
  private final OwnBatches own;
  private final Consumer<Throwable> failed;

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
    super(replica, snapshots);
    this.replica = replica;
    this.own = own;
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

  boolean leads() {
    return leads;
  }

  /** Says what to do when the members may have changed. */
  void onMembersChanged(Runnable action) {
    membersChanged = action;
  }

  @Override
  @Nullable Batch batchOf(StateMachineLogEntryProto entry) {
    return own.take(entry);
  }

  @Override
  public void notifyLeaderReady() {
    synchronized (replica) {
      leads = true;
      replica.lead();
    }
    super.notifyLeaderReady();
  }

  @Override
  public void notifyNotLeader(Collection<TransactionContext> pending) {
    stopLeading(Failure.UNKNOWN);
  }

  @Override
  public void notifyConfigurationChanged(
      long term, long index, RaftConfigurationProto newConfiguration) {
    membersChanged.run();
  }

  @Override
  void fail(Throwable cause) {
    super.fail(cause);
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
}
