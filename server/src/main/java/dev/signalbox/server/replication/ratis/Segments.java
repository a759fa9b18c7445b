package dev.signalbox.server.replication.ratis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.LogProtoUtils;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.server.raftlog.segmented.SegmentedRaftLogOutputStream;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;

/**
 * The files of the engine's log while the engine is not there: entries are written by its own
 * writer, in its own places, so that it finds its log when it comes back. An entry is on the disk
 * when {@link #append} returns.
 *
 * <p>Appending and sealing are for one thread at a time; reading and purging, which only touch
 * segments that are closed, for any.
 */
final class Segments implements EntryLog, AutoCloseable {
  /** A snapshot closes its segment anyhow, so this may be large. */
  private static final long SEGMENT_BYTES = 16L << 20;

  /** Zeros that are written ahead: a sync of what replaces them need not say that a file grew. */
  private static final long PREALLOCATED_BYTES = 1L << 20;

  /** More than the engine's framing adds to an entry. */
  private static final int FRAMING_BYTES = 64;

  private static final Pattern OPEN = Pattern.compile("log_inprogress_(\\d+)");
  private static final Pattern CLOSED = Pattern.compile("log_(\\d+)-(\\d+)");

  private final Path directory;
  private final ByteString client = ClientId.randomId().toByteString();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(RatisSettings.MAX_ENTRY_BYTES + FRAMING_BYTES);

  /** The last entry; the next one is of the same term. */
  private TermIndex last;

  private @Nullable SegmentedRaftLogOutputStream out;
  private long segmentStart;
  private long segmentBytes;

  private Segments(Path directory, TermIndex last) {
    this.directory = directory;
    this.last = last;
  }

  /**
   * Goes on where the engine has stopped.
   *
   * @param directory where it keeps its segments
   * @param last the log's last entry, written in the term that goes on
   */
  static Segments after(Path directory, TermIndex last) throws IOException {
    Segments segments = new Segments(directory, last);
    for (Segment left : list(directory, OPEN)) {
      if (left.first > last.getIndex()) {
        Files.delete(left.path);
      } else {
        segments.rename(left.first, last.getIndex());
      }
    }
    return segments;
  }

  /** Reads every entry of a log that nobody writes, in no order. */
  static void readAll(Path directory, EntryReader reader) throws IOException {
    for (Pattern kind : List.of(CLOSED, OPEN)) {
      for (Segment segment : list(directory, kind)) {
        read(segment, reader);
      }
    }
  }

  /**
   * Writes an entry and syncs it.
   *
   * @param entry {@link RatisSettings#MAX_COMMAND_BYTES} at most
   * @return its place in the log
   * @throws IOException if it may not stay; the log is then not to be used any more
   */
  TermIndex append(byte[] entry) throws IOException {
    TermIndex at = TermIndex.valueOf(last.getTerm(), last.getIndex() + 1);
    LogEntryProto written =
        LogProtoUtils.toLogEntryProto(content(at, entry), at.getTerm(), at.getIndex());
    SegmentedRaftLogOutputStream segment = segmentFor(written.getSerializedSize() + FRAMING_BYTES);
    segment.write(written);
    segment.flush();
    last = at;
    return at;
  }

  /** What was appended so far is from here on among what is read and purged. */
  @Override
  public void seal() throws IOException {
    if (out != null) {
      close();
      rename(segmentStart, last.getIndex());
    }
  }

  @Override
  public boolean read(long first, long last, EntryReader reader) throws IOException {
    Row row = new Row(first, last, reader);
    for (Segment segment : list(directory, CLOSED)) {
      if (segment.last >= first && segment.first <= last) {
        read(segment, row::take);
      }
    }
    return row.isComplete();
  }

  @Override
  public void purge(long index) throws IOException {
    for (Segment segment : list(directory, CLOSED)) {
      if (segment.last <= index) {
        Files.delete(segment.path);
      }
    }
  }

  /** Leaves the last segment open, as the engine would, but without the zeros. */
  @Override
  public void close() throws IOException {
    SegmentedRaftLogOutputStream open = out;
    if (open != null) {
      out = null;
      open.close();
    }
  }

  private StateMachineLogEntryProto content(TermIndex at, byte[] entry) {
    return StateMachineLogEntryProto.newBuilder()
        .setType(StateMachineLogEntryProto.Type.WRITE)
        .setClientId(client)
        .setCallId(at.getIndex())
        .setLogData(UnsafeByteOperations.unsafeWrap(entry))
        .build();
  }

  private SegmentedRaftLogOutputStream segmentFor(int bytes) throws IOException {
    if (out != null && segmentBytes + bytes > SEGMENT_BYTES) {
      seal();
    }
    SegmentedRaftLogOutputStream open = out;
    if (open == null) {
      open = begin();
      out = open;
    }
    segmentBytes += bytes;
    return open;
  }

  /** What is in a file is only there after a power failure if the file is. */
  private SegmentedRaftLogOutputStream begin() throws IOException {
    segmentStart = last.getIndex() + 1;
    segmentBytes = 0;
    File file = directory.resolve("log_inprogress_" + segmentStart).toFile();
    SegmentedRaftLogOutputStream begun =
        new SegmentedRaftLogOutputStream(file, false, SEGMENT_BYTES, PREALLOCATED_BYTES, buffer);
    DataDirectory.sync(directory);
    return begun;
  }

  private void rename(long start, long end) throws IOException {
    Path open = directory.resolve("log_inprogress_" + start);
    Files.move(open, directory.resolve("log_" + start + "-" + end));
  }

  private static List<Segment> list(Path directory, Pattern kind) throws IOException {
    List<Segment> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "log_*")) {
      for (Path file : files) {
        Matcher name = kind.matcher(String.valueOf(file.getFileName()));
        if (name.matches()) {
          long first = Long.parseLong(name.group(1));
          long end = kind.equals(CLOSED) ? Long.parseLong(name.group(2)) : Long.MAX_VALUE;
          found.add(new Segment(file, first, end));
        }
      }
    }
    found.sort(Comparator.comparingLong(Segment::first));
    return found;
  }

  private static void read(Segment segment, EntryReader reader) throws IOException {
    LogSegmentPath path = LogSegmentPath.matchLogSegment(segment.path);
    try {
      LogSegment.readSegmentFile(
          segment.path.toFile(),
          path.getStartEnd(),
          SizeInBytes.valueOf(RatisSettings.MAX_ENTRY_BYTES),
          CorruptionPolicy.EXCEPTION,
          null,
          entry -> readUnchecked(entry, reader));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void readUnchecked(LogEntryProto entry, EntryReader reader) {
    try {
      reader.read(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Segment(Path path, long first, long last) {}

  /** Entries one after the other, without a gap. */
  private static final class Row {
    private final long last;
    private final EntryReader reader;
    private long next;

    Row(long first, long last, EntryReader reader) {
      this.next = first;
      this.last = last;
      this.reader = reader;
    }

    boolean isComplete() {
      return next > last;
    }

    private void take(LogEntryProto entry) throws IOException {
      if (entry.getIndex() == next && next <= last) {
        reader.read(entry);
        next++;
      }
    }
  }
}
