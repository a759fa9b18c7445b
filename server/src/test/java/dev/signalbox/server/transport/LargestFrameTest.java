package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.codec.EntryCodec;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The largest frames that are taken, as entries of the log. */
class LargestFrameTest {
  private static final int FRAME_BYTES = 1 << 20;

  /** What an entry may have before the last frame is added to it. */
  private static final int BEFORE = 1 << 20;

  /** What the log takes, without what it adds itself. */
  private static final int ENTRY_BYTES = (4 << 20) - 1_024;

  private static final SessionId SESSION = new SessionId(1L << 40, -1);
  private static final String LONG = "x".repeat(245);

  @TempDir Path directory;

  /** What a frame is full of. */
  enum Shape {
    TINY_REQUESTS,
    LONG_NAMES,
    LONG_NAMES_ALL_OF,
    GRANTS,
    SLOTS,
    ACKNOWLEDGEMENTS;

    ClientFrame.Builder fill() {
      ClientFrame.Builder frame = ClientFrame.newBuilder().setFrame(Long.MAX_VALUE);
      int left = FRAME_BYTES - 64;
      if (this == ACKNOWLEDGEMENTS) {
        // Each takes a byte here, and two in the log.
        return frame.addAllAcknowledged(Collections.nCopies(left, 100L)).addRequests(request(1));
      }
      for (long number = 1; number <= FrameReader.MAX_REQUESTS; number++) {
        Request next = request(number);
        left -= next.getSerializedSize() + 5;
        if (left < 0) {
          break;
        }
        frame.addRequests(next);
      }
      return frame;
    }

    private Request request(long number) {
      return switch (this) {
        case TINY_REQUESTS, ACKNOWLEDGEMENTS -> Wire.acquire(number, "a");
        case LONG_NAMES -> Wire.acquire(number, LONG + number);
        case LONG_NAMES_ALL_OF -> allOf(number);
        case GRANTS -> giveBacks(number);
        case SLOTS -> slots(number);
      };
    }

    private static Request allOf(long number) {
      Acquire.Builder acquire = Acquire.newBuilder();
      for (int i = 0; i < 64; i++) {
        acquire.addParts(AcquirePart.newBuilder().setSemaphore(LONG + i).setPermits(1));
      }
      return Request.newBuilder().setNumber(number).setAcquire(acquire).build();
    }

    /** Ids that take more room in the log than in the frame. */
    private static Request giveBacks(long number) {
      Release.Builder release = Release.newBuilder();
      for (int i = 0; i < 256; i++) {
        ByteString id =
            ByteString.copyFrom(
                new byte[] {-1, -1, -1, -1, -1, -1, -1, (byte) i, 0, 0, 0, 0, 0, 0, 0, 0});
        release.addItems(
            ReleaseItem.newBuilder().setGiveBack(GiveBack.newBuilder().setGrantId(id)));
      }
      return Request.newBuilder().setNumber(number).setRelease(release).build();
    }

    /** Likewise, and so do the slots. */
    private static Request slots(long number) {
      ByteString id =
          ByteString.copyFrom(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0});
      Release.Builder release = Release.newBuilder();
      for (int i = 0; i < 256; i++) {
        GiveBack.Builder back = GiveBack.newBuilder().setGrantId(id).setSemaphore("a");
        IntStream.range(64, 128).forEach(back::addSlots);
        release.addItems(ReleaseItem.newBuilder().setGiveBack(back));
      }
      return Request.newBuilder().setNumber(number).setRelease(release).build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void frame_behindAnEntryThatIsAlmostFull_fits(Shape shape) throws IOException {
    ClientFrame frame = shape.fill().build();
    assertThat(frame.getSerializedSize()).isLessThanOrEqualTo(FRAME_BYTES);

    FrameReader read = new FrameReader(SESSION, Frame.read(frame.toByteArray()));
    byte[] entry = EntryCodec.encode(new Entry(1L << 60, -1, -1, read.commands()));
    assertThat(read.refused()).isEmpty();
    assertThat(entry.length).isLessThanOrEqualTo(ENTRY_BYTES - BEFORE);
  }

  @ParameterizedTest
  @EnumSource
  void frames_ofSeveralClientsAtOnce_areAllAnswered(Shape shape) {
    ServerOptions options =
        ServerOptions.builder().clientPort(0).dataDir(directory).maxFrameBytes(FRAME_BYTES).build();
    try (TestServer server = TestServer.start(options)) {
      List<RawStream> streams = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        streams.add(RawStream.open(server.channel()));
      }
      ClientFrame.Builder frame = shape.fill();
      streams.forEach(stream -> stream.send(frame.clone()));
      streams.forEach(stream -> stream.reply(frame.getRequestsCount()));
    }
  }
}
