package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Snapshot;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/** Snapshots as files in the place where the engine looks for them, each with its MD5 beside it. */
final class SnapshotFiles {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String UNFINISHED = ".unfinished";

  /** One more than is needed: a peer may be reading it. The log goes back to the newest only. */
  private static final SnapshotRetentionPolicy RETENTION =
      new SnapshotRetentionPolicy() {
        @Override
        public int getNumSnapshotsRetained() {
          return 2;
        }
      };

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();

  /** What the engine knows of them. */
  SimpleStateMachineStorage storage() {
    return storage;
  }

  /** Finds the place, and removes what an earlier life left unfinished. */
  void init(RaftStorage raftStorage) throws IOException {
    storage.init(raftStorage);
    Path directory = raftStorage.getStorageDir().getStateMachineDir().toPath();
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
      for (Path file : unfinished) {
        Files.delete(file);
      }
    }
  }

  /** The newest; null if there is none. */
  @Nullable SingleFileSnapshotInfo latest() {
    return storage.loadLatestSnapshot();
  }

  /**
   * Writes a snapshot. It exists from the rename on, and is then on the disk.
   *
   * @param at the last entry that is in it
   * @return its size in bytes
   */
  long write(Snapshot snapshot, TermIndex at) throws IOException {
    File file = storage.getSnapshotFile(at.getTerm(), at.getIndex());
    Path unfinished = file.toPath().resolveSibling(file.getName() + UNFINISHED);
    MD5Hash md5;
    try {
      md5 = write(snapshot, unfinished);
      MD5FileUtil.saveMD5File(file, md5);
      Files.move(unfinished, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    DataDirectory.sync(Objects.requireNonNull(file.toPath().getParent()));
    FileInfo info = new FileInfo(file.toPath(), md5);
    storage.updateLatestSnapshot(new SingleFileSnapshotInfo(info, at));
    storage.cleanupOldSnapshots(RETENTION);
    return file.length();
  }

  /**
   * Reads a snapshot. Its own checksum is checked by that; the MD5 is the engine's, and for
   * sending.
   *
   * @throws UnusableLog if its bytes are not those that were written
   */
  void read(SingleFileSnapshotInfo snapshot, Reader reader) throws IOException {
    File file = snapshot.getFile().getPath().toFile();
    try (InputStream in = new FileInputStream(file)) {
      reader.read(in);
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  /** Makes a snapshot durable that the engine has received: it does not do that itself. */
  void sync(SingleFileSnapshotInfo snapshot) throws IOException {
    Path file = snapshot.getFile().getPath();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    DataDirectory.sync(Objects.requireNonNull(file.getParent()));
  }

  /** Takes what a snapshot says. */
  @FunctionalInterface
  interface Reader {
    void read(InputStream in) throws IOException;
  }

  private static MD5Hash write(Snapshot snapshot, Path path) throws IOException {
    MessageDigest digest = MD5FileUtil.newMD5();
    try (FileChannel file =
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(
                new DigestOutputStream(Channels.newOutputStream(file), digest), BUFFER_BYTES)) {
      snapshot.writeTo(out);
      out.flush();
      file.force(true);
    }
    return MD5Hash.newInstance(digest.digest());
  }

  private static UnusableLog damaged(File file, Throwable cause) {
    return new UnusableLog("the snapshot " + file + " is damaged" + UnusableLog.WHAT_TO_DO, cause);
  }
}
