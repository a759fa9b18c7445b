package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.CommandLog;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the durable log: an entry is acknowledged when it is on the disks of a majority of the
 * nodes, of which there may be one. When the log fails, this node stops: it never answers from a
 * state that may not be kept.
 */
public final class DurableLog {
  private static final Logger LOG = LoggerFactory.getLogger(DurableLog.class);

  private DurableLog() {}

  /**
   * Takes possession of the data directory, and repairs the end of the log if need be. With {@code
   * --peers} the log is kept by the engine; without, it is {@linkplain LoneLog written by the node
   * itself}, in the same files.
   *
   * @param onFailure told once, on any thread, when the log can no longer be relied on: nothing is
   *     acknowledged any more
   * @throws UnusableLog if the directory cannot be used as it is
   */
  public static CommandLog open(RatisOptions options, Consumer<Throwable> onFailure)
      throws IOException {
    Snapshots.Policy snapshots =
        new Snapshots.Policy(options.snapshotBytes(), Snapshots.Policy.DEFAULT_COPIED);
    return open(options, snapshots, onFailure);
  }

  static CommandLog open(
      RatisOptions options, Snapshots.Policy snapshots, Consumer<Throwable> onFailure)
      throws IOException {
    DataDirectory directory = take(options);
    boolean opened = false;
    try {
      LogTail.repair(Engine.segments(directory));
      opened = true;
      return options.isAlone()
          ? new LoneLog(options, snapshots, directory, onFailure)
          : new RatisLog(options, snapshots, directory, onFailure);
    } finally {
      if (!opened) {
        directory.close();
      }
    }
  }

  /**
   * Whether an entry is more than the engine takes. Cannot happen as long as frames are bounded; if
   * it does, nobody must wonder why.
   */
  static boolean isTooLarge(byte[] entry, Batch batch) {
    boolean tooLarge = entry.length > RatisSettings.MAX_COMMAND_BYTES;
    if (tooLarge) {
      LOG.error(
          "An entry of {} bytes with {} commands is more than the log takes; none of it was executed",
          entry.length,
          batch.entry().commands().size());
    }
    return tooLarge;
  }

  private static DataDirectory take(RatisOptions options) throws UnusableLog {
    try {
      return DataDirectory.open(options.directory(), options.nodeId());
    } catch (UnusableLog e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableLog(
          "the data directory " + options.directory() + " cannot be used: " + e, e);
    }
  }
}
