package dev.signalbox.server.replication.ratis;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.jspecify.annotations.Nullable;

/** What snapshots want of the log. Thread-safe. */
interface EntryLog {
  /** The entry at that place; null if it is not there, or no longer. */
  @Nullable LogEntryProto entry(long index) throws IOException;

  /** Removes the entries up to this one, but for those that a slow peer may still ask for. */
  void purge(long index);
}
