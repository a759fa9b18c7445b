package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Snapshot;
import dev.signalbox.server.replication.StateCopy;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;

/**
 * A snapshot for which the live state is not touched: the last snapshot is read back, and the
 * entries since are applied to it once more. Costs time and a second state's memory, but nobody
 * waits for it.
 */
final class ReplayedSnapshot implements Snapshot {
  private final SnapshotFiles files;
  private final EntryLog log;
  private final TermIndex at;

  /**
   * A snapshot that is to be made when it is written.
   *
   * @param at the last entry that is to be in it; it was applied
   */
  ReplayedSnapshot(SnapshotFiles files, EntryLog log, TermIndex at) {
    this.files = files;
    this.log = log;
    this.at = at;
  }

  /**
   * Makes and writes it.
   *
   * @throws Overtaken if the log no longer has the entries, because of a later snapshot
   */
  @Override
  public void writeTo(OutputStream out) throws IOException {
    StateCopy copy = new StateCopy();
    if (!log.read(restore(copy) + 1, at.getIndex(), entry -> apply(entry, copy))) {
      throw new Overtaken(at);
    }
    copy.writeTo(out);
  }

  /** Reads the last snapshot, if there is one; the index of the last entry that is in it. */
  private long restore(StateCopy copy) throws IOException {
    SingleFileSnapshotInfo base = files.latest();
    if (base == null) {
      return RaftLog.INVALID_LOG_INDEX;
    }
    if (base.getIndex() > at.getIndex()) {
      throw new Overtaken(at);
    }
    files.read(base, copy::readFrom);
    return base.getIndex();
  }

  private static void apply(LogEntryProto entry, StateCopy copy) throws IOException {
    if (Thread.interrupted()) {
      throw new InterruptedIOException("stopped");
    }
    if (entry.hasStateMachineLogEntry()) {
      copy.apply(EntryCodec.decode(entry.getStateMachineLogEntry().getLogData().toByteArray()));
    }
  }

  /** There is a later snapshot than the one that was to be written. */
  static final class Overtaken extends IOException {
    private static final long serialVersionUID = 1L;

    Overtaken(TermIndex at) {
      super("a later snapshot has come before that of entry " + at);
    }
  }
}
