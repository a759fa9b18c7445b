package dev.signalbox.server.replication.ratis;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;

/** What snapshots want of the log. Thread-safe, but for {@link #seal}. */
interface EntryLog {
  /**
   * To be called by whoever applies, with the last entry just applied, before others read up to it.
   *
   * @throws IOException if the log is not to be used any more
   */
  void seal() throws IOException;

  /**
   * Reads a row of entries, all of which were applied.
   *
   * @return false: some are not there, or no longer
   */
  boolean read(long first, long last, EntryReader reader) throws IOException;

  /** Removes the entries up to this one, but for those that a slow peer may still ask for. */
  void purge(long index) throws IOException;

  /** Takes one entry after the other. */
  @FunctionalInterface
  interface EntryReader {
    void read(LogEntryProto entry) throws IOException;
  }
}
