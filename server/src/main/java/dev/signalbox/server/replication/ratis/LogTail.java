package dev.signalbox.server.replication.ratis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the segment that was being written when the node stopped. A machine that loses power
 * may leave the last entry half written, which nobody was told of yet; the engine would refuse to
 * start over it. That one entry, and nothing else, is cut off: damage anywhere before it would lose
 * what was acknowledged.
 *
 * <p>A segment is the line {@code RaftLog1}, then entries, then zeros. An entry is its length as a
 * varint, its bytes, and the CRC-32C of both.
 */
final class LogTail {
  private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
  private static final byte[] HEADER = "RaftLog1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM_BYTES = 4;

  /** Tags of the first two fields of the engine's entries, its term and its index. */
  private static final byte TERM = 0x08;

  private static final byte INDEX = 0x10;

  private final Path segment;
  private final ByteBuffer bytes;

  private LogTail(Path segment) throws IOException {
    this.segment = segment;
    this.bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
  }

  /**
   * Repairs the open segment of a log.
   *
   * @param current the directory with the segments; need not exist
   * @throws UnusableLog if something else than the last entry is damaged
   */
  static void repair(Path current) throws IOException {
    if (Files.isDirectory(current)) {
      try (DirectoryStream<Path> open = Files.newDirectoryStream(current, "log_inprogress_*")) {
        for (Path segment : open) {
          new LogTail(segment).repair();
        }
      }
    }
  }

  private void repair() throws IOException {
    int end = endOfEntries();
    if (isZeroFrom(end)) {
      return;
    }
    if (end < HEADER.length || hasEntryAfter(end)) {
      throw new UnusableLog(
          "the log is damaged at byte "
              + end
              + " of "
              + segment
              + ", before its last entry; entries after it would be lost"
              + UnusableLog.WHAT_TO_DO);
    }
    cut(end);
  }

  /** Where the unbroken row of entries ends. */
  private int endOfEntries() {
    int at = endOfHeader();
    int next = at < HEADER.length ? -1 : entryEnd(at);
    while (next > 0) {
      at = next;
      next = entryEnd(at);
    }
    return at;
  }

  private int endOfHeader() {
    int at = 0;
    while (at < Math.min(HEADER.length, bytes.limit()) && bytes.get(at) == HEADER[at]) {
      at++;
    }
    return at;
  }

  /** Where the entry ends that begins here; -1 if none does. */
  private int entryEnd(int at) {
    ByteBuffer entry = bytes.duplicate().position(at);
    int length = varint(entry);
    if (length <= 0 || length > entry.remaining() - CHECKSUM_BYTES) {
      return -1;
    }
    int end = entry.position() + length;
    return bytes.getInt(end) == checksum(at, end) ? end + CHECKSUM_BYTES : -1;
  }

  private int checksum(int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(from).limit(to));
    return (int) crc.getValue();
  }

  /** A length; -1 if there is none. */
  private static int varint(ByteBuffer from) {
    int value = 0;
    for (int shift = 0; shift < 35 && from.hasRemaining(); shift += 7) {
      byte next = from.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    return -1;
  }

  private boolean hasEntryAfter(int damage) {
    for (int at = damage + 1; at < bytes.limit(); at++) {
      if (looksLikeEntry(at) && entryEnd(at) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Cheap, so that the checksum is computed where it may fit only. */
  private boolean looksLikeEntry(int at) {
    ByteBuffer entry = bytes.duplicate().position(at);
    return varint(entry) > 0
        && entry.hasRemaining()
        && entry.get() == TERM
        && varint(entry) >= 0
        && entry.hasRemaining()
        && entry.get() == INDEX;
  }

  private boolean isZeroFrom(int at) {
    for (int i = at; i < bytes.limit(); i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private void cut(int end) throws IOException {
    LOG.warn(
        "The last entry of {} was not written whole, so nobody was told of it: cut off at byte {}",
        segment,
        end);
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.force(true);
    }
  }
}
