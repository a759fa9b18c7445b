package dev.signalbox.server.replication.ratis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds a node's log. Used by one process at a time, and by one node for good: a
 * vote or an acknowledgement that one node gave must not be forgotten, or claimed, by another.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String IDENTITY = "node";

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes possession of a directory; makes it if it is missing.
   *
   * @throws UnusableLog if another process or another node has it
   */
  static DataDirectory open(Path path, String nodeId) throws IOException {
    Files.createDirectories(path);
    FileChannel lock = lock(path);
    DataDirectory directory = new DataDirectory(path, lock);
    boolean opened = false;
    try {
      directory.identify(nodeId);
      opened = true;
      return directory;
    } finally {
      if (!opened) {
        directory.close();
      }
    }
  }

  /** Where the engine keeps its files. */
  Path log() {
    return path.resolve("log");
  }

  /** Where the engine would move what it no longer needs. */
  Path removed() {
    return path.resolve("removed");
  }

  /** Makes a change of a directory's entries durable. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Lets go of the directory; the end of the process would, too. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new UnusableLog(
          "the data directory " + path + " is in use by another server; stop it or name another");
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void identify(String nodeId) throws IOException {
    Path identity = path.resolve(IDENTITY);
    if (!Files.exists(identity)) {
      Files.writeString(identity, nodeId, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
      sync(path);
    }
    String owner = Files.readString(identity);
    if (!owner.equals(nodeId)) {
      throw new UnusableLog(
          "the data directory " + path + " belongs to node '" + owner + "', not '" + nodeId + "'");
    }
  }
}
