package dev.signalbox.server.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Duration;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Operation;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquireMode;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.Request;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one frame, one after the other. Two kinds are nearly all of the traffic: an
 * acquire of one semaphore, and the release of one grant. Where their fields stand once each and in
 * order, they are read without messages; whatever is odd or invalid, and every other kind, is left
 * to the generated code.
 */
final class RequestReader {
  private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int NUMBER = Request.NUMBER_FIELD_NUMBER << 3;
  private static final int ACQUIRE = Request.ACQUIRE_FIELD_NUMBER << 3 | BYTES;
  private static final int PART = Acquire.PARTS_FIELD_NUMBER << 3 | BYTES;
  private static final int PART_SEMAPHORE = AcquirePart.SEMAPHORE_FIELD_NUMBER << 3 | BYTES;
  private static final int PART_PERMITS = AcquirePart.PERMITS_FIELD_NUMBER << 3;
  private static final int MODE = Acquire.MODE_FIELD_NUMBER << 3;
  private static final int WAIT_AT_MOST = Acquire.WAIT_AT_MOST_FIELD_NUMBER << 3 | BYTES;
  private static final int WAIT_FOREVER = Acquire.WAIT_FOREVER_FIELD_NUMBER << 3;
  private static final int RELEASE = Request.RELEASE_FIELD_NUMBER << 3 | BYTES;
  private static final int ITEM = Release.ITEMS_FIELD_NUMBER << 3 | BYTES;
  private static final int GIVE_BACK = ReleaseItem.GIVE_BACK_FIELD_NUMBER << 3 | BYTES;
  private static final int GRANT = GiveBack.GRANT_ID_FIELD_NUMBER << 3 | BYTES;
  private static final int SEMAPHORE = GiveBack.SEMAPHORE_FIELD_NUMBER << 3 | BYTES;
  private static final int PERMITS = GiveBack.PERMITS_FIELD_NUMBER << 3;

  private final byte[] frame;
  private final CodedInputStream in;
  private int end;

  private long number;
  private @Nullable Operation operation;
  private Request message = Request.getDefaultInstance();

  RequestReader(Frame frame) {
    this.frame = frame.bytes();
    this.in = CodedInputStream.newInstance(this.frame);
  }

  /** Goes to the next request; false if there is none. */
  boolean next() {
    try {
      in.skipRawBytes(end - in.getTotalBytesRead());
      int tag = in.readTag();
      while (tag != Frame.REQUEST && tag != 0) {
        in.skipField(tag);
        tag = in.readTag();
      }
      if (tag != 0) {
        read();
      }
      return tag != 0;
    } catch (IOException e) {
      throw new ProtocolViolation("the bytes are no message of the expected type");
    }
  }

  /** The request's number. */
  long number() {
    return number;
  }

  /**
   * What it asks for.
   *
   * @throws InvalidField if it is invalid by itself
   */
  Operation operation() {
    return operation == null ? Operations.of(message) : operation;
  }

  /** Which operation it is, where {@link #operation} says that it is invalid. */
  Request.OperationCase kind() {
    return message.getOperationCase();
  }

  private void read() throws IOException {
    int length = in.readRawVarint32();
    int start = in.getTotalBytesRead();
    end = start + length;
    int limit = in.pushLimit(length);
    operation = usual();
    in.popLimit(limit);
    if (operation == null) {
      message = Request.parseFrom(ByteString.copyFrom(frame, start, length));
      number = message.getNumber();
    }
  }

  /** The operation of a usual request, whose number it sets; null if it is none. */
  private @Nullable Operation usual() {
    try {
      if (in.readTag() != NUMBER) {
        return null;
      }
      number = in.readUInt64();
      return switch (in.readTag()) {
        case ACQUIRE -> acquire();
        case RELEASE -> release();
        default -> null;
      };
    } catch (IOException | InvalidField odd) {
      return null;
    }
  }

  private @Nullable Operation acquire() throws IOException {
    if (!fillsTheRest() || in.readTag() != PART) {
      return null;
    }
    int limit = in.pushLimit(in.readRawVarint32());
    String semaphore = in.readTag() == PART_SEMAPHORE ? in.readStringRequireUtf8() : "";
    int permits = in.readTag() == PART_PERMITS ? in.readInt32() : 0;
    if (!in.isAtEnd()) {
      return null;
    }
    in.popLimit(limit);
    return acquire(new Operation.Part(semaphore, permits));
  }

  private @Nullable Operation acquire(Operation.Part part) throws IOException {
    int tag = in.readTag();
    if (tag == MODE) {
      tag = in.readEnum() == AcquireMode.ACQUIRE_MODE_ALL_OF_VALUE ? in.readTag() : MODE;
    }
    long wait = 0;
    if (tag == WAIT_FOREVER) {
      wait = in.readBool() ? Operation.FOREVER : 0;
      tag = in.readTag();
    } else if (tag == WAIT_AT_MOST) {
      wait =
          WireTime.micros(
              "wait_at_most",
              in.readMessage(Duration.parser(), ExtensionRegistryLite.getEmptyRegistry()));
      tag = in.readTag();
    }
    return tag == 0
        ? new Operation.Acquire(List.of(part), Operation.Mode.ALL_OF, wait, false, 0)
        : null;
  }

  private @Nullable Operation release() throws IOException {
    if (!fillsTheRest() || in.readTag() != ITEM || !fillsTheRest()) {
      return null;
    }
    if (in.readTag() != GIVE_BACK || !fillsTheRest() || in.readTag() != GRANT) {
      return null;
    }
    return in.readRawVarint32() == WireIds.LENGTH
        ? release(new GrantId(bigEndian(), bigEndian()))
        : null;
  }

  private @Nullable Operation release(GrantId grant) throws IOException {
    int tag = in.readTag();
    String semaphore = null;
    if (tag == SEMAPHORE) {
      semaphore = in.readStringRequireUtf8();
      tag = in.readTag();
    }
    int permits = 0;
    if (tag == PERMITS) {
      permits = in.readInt32();
      tag = in.readTag();
    }
    Operation.Item item = new Operation.GiveBack(grant, semaphore, permits, List.of());
    return tag == 0 ? new Operation.Release(List.of(item), List.of()) : null;
  }

  /** Reads a length: whether nothing of the request comes after that many bytes. */
  private boolean fillsTheRest() throws IOException {
    return in.readRawVarint32() == in.getBytesUntilLimit();
  }

  /** A number as ids have it ({@link WireIds}). */
  private long bigEndian() throws IOException {
    return Long.reverseBytes(in.readRawLittleEndian64());
  }
}
