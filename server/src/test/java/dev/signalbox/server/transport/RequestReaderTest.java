package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.signalbox.server.Wire;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquireMode;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read without messages is what the generated code reads. */
class RequestReaderTest {
  private static final ByteString SOME_ID =
      ByteString.copyFrom(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, -8, 9, 10, 11, 12, 13, 14, -15});

  @Test
  void usualRequests_areReadAsTheGeneratedCodeReadsThem() throws IOException {
    for (Request request : usual()) {
      assertReadAlike(request.toByteString());
    }
  }

  @Test
  void invalidRequests_areRefusedAsTheGeneratedCodeHasThemRefused() throws IOException {
    for (BadMessages.Bad<Acquire> bad : BadMessages.acquires()) {
      assertReadAlike(of(bad.message()).toByteString());
    }
    for (BadMessages.Bad<Release> bad : BadMessages.releases()) {
      assertReadAlike(of(bad.message()).toByteString());
    }
  }

  @Test
  void fieldsTwice_orUnknown_orOutOfOrder_areReadAsTheGeneratedCodeReadsThem() throws IOException {
    for (Request one : usual()) {
      for (Request other : usual()) {
        assertReadAlike(one.toByteString().concat(other.toByteString()));
      }
      UnknownFieldSet unknown =
          UnknownFieldSet.newBuilder()
              .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
              .build();
      assertReadAlike(one.toBuilder().setUnknownFields(unknown).build().toByteString());
      assertReadAlike(one.toBuilder().clearNumber().build().toByteString());
      ByteString number = Request.newBuilder().setNumber(9).build().toByteString();
      assertReadAlike(one.toBuilder().clearNumber().build().toByteString().concat(number));
    }
  }

  @Test
  void damagedRequests_areReadAsTheGeneratedCodeReadsThem() throws IOException {
    long seed = Long.getLong("reader.seed", System.nanoTime());
    System.out.println("RequestReaderTest: -Dreader.seed=" + seed);
    Random random = new Random(seed);
    List<Request> usual = usual();
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = usual.get(random.nextInt(usual.size())).toByteArray();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) > 0 ? bytes.length : random.nextInt(bytes.length + 1);
      assertReadAlike(ByteString.copyFrom(bytes, 0, length));
    }
  }

  @Test
  void frame_isTakenApart_inWhateverOrderItsFieldsCome() throws IOException {
    ClientFrame head = ClientFrame.newBuilder().setFrame(5).setClose(true).build();
    ClientFrame later =
        ClientFrame.newBuilder().setAcknowledgedThrough(3).addAcknowledged(7).build();
    ByteString bytes =
        requests(Wire.acquire(1, "a"))
            .concat(head.toByteString())
            .concat(requests(Wire.acquire(2, "b"), Wire.signal(3, "c", 1)))
            .concat(later.toByteString());
    Frame frame = Frame.read(bytes.toByteArray());

    assertThat(frame.head()).isEqualTo(head.toBuilder().mergeFrom(later).build());
    assertThat(frame.requests()).isEqualTo(3);
    RequestReader reader = new RequestReader(frame);
    for (long number = 1; number <= 3; number++) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.number()).isEqualTo(number);
    }
    assertThat(reader.next()).isFalse();
  }

  @Test
  void frame_thatBreaksOff_isNone() {
    byte[] bytes = requests(Wire.acquire(1, "a")).toByteArray();
    for (int length = 1; length < bytes.length; length++) {
      byte[] some = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Frame.read(some)).isInstanceOf(InvalidProtocolBufferException.class);
    }
    assertThatThrownBy(() -> Frame.read(new byte[] {12}))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  private static void assertReadAlike(ByteString request) throws IOException {
    assertThat(read(request)).as(request.toString()).isEqualTo(expected(request));
  }

  /** What the reader makes of it, beside two requests that are well. */
  private static List<Object> read(ByteString request) throws IOException {
    ClientFrame raw =
        ClientFrame.newBuilder()
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(4, thrice(request)).build())
            .build();
    RequestReader reader = new RequestReader(Frame.read(raw.toByteArray()));
    assertThat(reader.next()).isTrue();
    assertThat(reader.number()).isEqualTo(77);
    List<Object> read = read(reader);
    if (!read.isEmpty()) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.number()).isEqualTo(77);
      assertThat(reader.next()).isFalse();
    }
    return read;
  }

  private static List<Object> read(RequestReader reader) {
    try {
      reader.next();
    } catch (ProtocolViolation e) {
      return List.of();
    }
    try {
      return List.of(reader.number(), reader.operation());
    } catch (InvalidField e) {
      return List.of(reader.number(), reader.kind(), e.field(), e.why());
    }
  }

  /** Number and operation, number and error, or nothing where the bytes are no request. */
  private static List<Object> expected(ByteString request) {
    Request message;
    try {
      message = Request.parseFrom(request);
    } catch (InvalidProtocolBufferException e) {
      return List.of();
    }
    try {
      return List.of(message.getNumber(), Operations.of(message));
    } catch (InvalidField e) {
      return List.of(message.getNumber(), message.getOperationCase(), e.field(), e.why());
    }
  }

  private static UnknownFieldSet.Field thrice(ByteString request) {
    ByteString well = Wire.acquire(77, "well").toByteString();
    return UnknownFieldSet.Field.newBuilder()
        .addLengthDelimited(well)
        .addLengthDelimited(request)
        .addLengthDelimited(well)
        .build();
  }

  private static ByteString requests(Request... requests) {
    return ClientFrame.newBuilder().addAllRequests(List.of(requests)).build().toByteString();
  }

  private static List<Request> usual() {
    List<Request> usual = new ArrayList<>();
    for (Acquire.Builder acquire : List.of(acquire("a"), acquire("ns/é"), acquire("x/y/z"))) {
      usual.add(of(acquire.build()));
      usual.add(of(acquire.setMode(AcquireMode.ACQUIRE_MODE_ALL_OF).build()));
      usual.add(of(acquire.setWaitForever(true).build()));
      usual.add(of(acquire.setWaitAtMost(Wire.millis(1_500)).build()));
      usual.add(of(acquire.setConsume(true).build()));
      usual.add(of(acquire.setHoldAtMost(Wire.millis(1_500)).build()));
    }
    for (GiveBack.Builder back : List.of(GiveBack.newBuilder().setGrantId(SOME_ID))) {
      usual.add(of(release(back)));
      usual.add(of(release(back.setSemaphore("ns/a"))));
      usual.add(of(release(back.setPermits(3))));
      usual.add(of(release(back.clearPermits().addSlots(4))));
      usual.add(of(release(back).toBuilder().addFulfilledWills(4).build()));
    }
    usual.add(Wire.signal(1, "ns/a", 2));
    usual.add(Wire.create(1, "ns/a", 2));
    return usual;
  }

  private static Acquire.Builder acquire(String name) {
    return Acquire.newBuilder()
        .addParts(AcquirePart.newBuilder().setSemaphore(name).setPermits(200));
  }

  private static Release release(GiveBack.Builder giveBack) {
    return Release.newBuilder().addItems(ReleaseItem.newBuilder().setGiveBack(giveBack)).build();
  }

  private static Request of(Acquire acquire) {
    return Request.newBuilder().setNumber(300).setAcquire(acquire).build();
  }

  private static Request of(Release release) {
    return Request.newBuilder().setNumber(1).setRelease(release).build();
  }
}
