package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.Snapshot;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/** Snapshots as files in the place where the engine looks for them, each with its MD5 beside it. */
final class SnapshotFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  /** One more than is needed: it is the way back if the newest should turn out to be damaged. */
  private static final SnapshotRetentionPolicy RETENTION =
      new SnapshotRetentionPolicy() {
        @Override
        public int getNumSnapshotsRetained() {
          return 2;
        }
      };

  private final SimpleStateMachineStorage storage;

  SnapshotFiles(SimpleStateMachineStorage storage) {
    this.storage = storage;
  }

  /**
   * Writes a snapshot. It exists from the rename on, and is then on the disk.
   *
   * @param at the last entry that is in it
   * @return its size in bytes
   */
  long write(Snapshot snapshot, TermIndex at) throws IOException {
    File file = storage.getSnapshotFile(at.getTerm(), at.getIndex());
    Path unfinished = file.toPath().resolveSibling(file.getName() + ".unfinished");
    MD5Hash md5 = write(snapshot, unfinished);
    MD5FileUtil.saveMD5File(file, md5);
    Files.move(unfinished, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
    DataDirectory.sync(Objects.requireNonNull(file.toPath().getParent()));
    FileInfo info = new FileInfo(file.toPath(), md5);
    storage.updateLatestSnapshot(new SingleFileSnapshotInfo(info, at));
    storage.cleanupOldSnapshots(RETENTION);
    return file.length();
  }

  /**
   * Restores a replica from a snapshot.
   *
   * @throws UnusableLog if its bytes are not those that were written
   */
  void read(SingleFileSnapshotInfo snapshot, Replica replica) throws IOException {
    File file = snapshot.getFile().getPath().toFile();
    MessageDigest digest = MD5FileUtil.newMD5();
    try (InputStream in =
        new BufferedInputStream(
            new DigestInputStream(Files.newInputStream(file.toPath()), digest), BUFFER_BYTES)) {
      replica.readFrom(in);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw damaged(file, e);
    }
    if (!MD5Hash.newInstance(digest.digest()).equals(MD5FileUtil.readStoredMd5ForFile(file))) {
      throw damaged(file, null);
    }
  }

  private static MD5Hash write(Snapshot snapshot, Path path) throws IOException {
    MessageDigest digest = MD5FileUtil.newMD5();
    try (FileOutputStream file = new FileOutputStream(path.toFile());
        OutputStream out =
            new BufferedOutputStream(new DigestOutputStream(file, digest), BUFFER_BYTES)) {
      snapshot.writeTo(out);
      out.flush();
      file.getFD().sync();
    }
    return MD5Hash.newInstance(digest.digest());
  }

  private static UnusableLog damaged(File file, @Nullable Throwable cause) {
    return new UnusableLog(
        "the snapshot "
            + file
            + " is damaged, so this node does not start. If it is one of a cluster, replace it by a"
            + " new node with an empty data directory; if it is alone, restore the data directory"
            + " from a backup",
        cause);
  }
}
