package dev.signalbox.client.internal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.GrantPart;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.ReleaseResult;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The answers in a frame, one at a time. Nearly all answers are either the grant of some permits of
 * one semaphore or the release of one item, with nothing else to say. Those two are read here, byte
 * by byte, and are called plain; whatever has more or less in it is left to the generated code,
 * which makes a dozen objects of it. Network thread.
 */
public final class AnswerReader {
  private static final int NUMBER = varint(Reply.NUMBER_FIELD_NUMBER);
  private static final int ACQUIRE = bytes(Reply.ACQUIRE_FIELD_NUMBER);
  private static final int RELEASE = bytes(Reply.RELEASE_FIELD_NUMBER);
  private static final int GRANT = bytes(AcquireResult.GRANT_FIELD_NUMBER);
  private static final int ID = bytes(Grant.ID_FIELD_NUMBER);
  private static final int PART = bytes(Grant.PARTS_FIELD_NUMBER);
  private static final int PERMITS = varint(GrantPart.PERMITS_FIELD_NUMBER);
  private static final int GRANTED_AT = varint(Grant.GRANTED_AT_MICROS_FIELD_NUMBER);
  private static final int ITEM = bytes(ReleaseResult.ITEMS_FIELD_NUMBER);
  private static final int RELEASED = varint(ReleaseItemResult.RELEASED_FIELD_NUMBER);
  private static final int COUNTS = bytes(ReleaseItemResult.PREVIOUS_COUNTS_FIELD_NUMBER);

  /** Of an answer in its frame. */
  static final int REPLY = bytes(ServerFrame.REPLIES_FIELD_NUMBER);

  private enum Kind {
    GRANT,
    RELEASE,
    OTHER
  }

  private final byte[] frame;
  private final CodedInputStream in;
  private int start;
  private int end;
  private Kind kind = Kind.OTHER;
  private long number;
  private @Nullable Reply message;

  // Of a plain grant.
  private long idFirst;
  private long idSecond;
  private int permits;
  private long grantedAtMicros;

  // Of a plain release.
  private int previousCount;

  AnswerReader(byte[] frame) {
    this.frame = frame;
    in = CodedInputStream.newInstance(frame);
  }

  private static int varint(int field) {
    return field << 3 | WireFormat.WIRETYPE_VARINT;
  }

  private static int bytes(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** Moves on to the next answer; false if there is none. */
  boolean next() {
    try {
      int tag = in.readTag();
      while (tag != REPLY && tag != 0) {
        in.skipField(tag);
        tag = in.readTag();
      }
      if (tag == REPLY) {
        read();
      }
      return tag == REPLY;
    } catch (IOException e) {
      throw new UncheckedIOException("a frame that is none", e);
    }
  }

  private void read() throws IOException {
    int length = in.readRawVarint32();
    start = in.getTotalBytesRead();
    end = start + length;
    int outside = in.pushLimit(length);
    message = null;
    number = in.readTag() == NUMBER ? in.readUInt64() : 0;
    kind = number == 0 ? Kind.OTHER : kind();
    in.skipRawBytes(in.getBytesUntilLimit());
    in.popLimit(outside);
    if (kind == Kind.OTHER) {
      number = message().getNumber();
    }
  }

  private Kind kind() throws IOException {
    int tag = in.readTag();
    if (tag == ACQUIRE && isRest() && isPlainGrantNext()) {
      return Kind.GRANT;
    }
    return tag == RELEASE && isRest() && isPlainReleaseNext() ? Kind.RELEASE : Kind.OTHER;
  }

  /** Whether what comes now is as long as what is left of the answer. */
  private boolean isRest() throws IOException {
    return in.readRawVarint32() == in.getBytesUntilLimit();
  }

  private boolean isPlainGrantNext() throws IOException {
    return in.readTag() == GRANT
        && isRest()
        && in.readTag() == ID
        && in.readRawVarint32() == GrantId.BYTES
        && readId()
        && in.readTag() == PART
        && isPlainPartNext()
        && isTimeTheRest();
  }

  private boolean readId() throws IOException {
    idFirst = in.readFixed64();
    idSecond = in.readFixed64();
    return true;
  }

  private boolean isPlainPartNext() throws IOException {
    int length = in.readRawVarint32();
    int until = in.getTotalBytesRead() + length;
    if (in.readTag() != PERMITS) {
      return false;
    }
    permits = in.readInt32();
    return in.getTotalBytesRead() == until;
  }

  private boolean isTimeTheRest() throws IOException {
    int tag = in.readTag();
    grantedAtMicros = tag == GRANTED_AT ? in.readInt64() : 0;
    return (tag == GRANTED_AT || tag == 0) && in.isAtEnd();
  }

  private boolean isPlainReleaseNext() throws IOException {
    boolean plain =
        in.readTag() == ITEM
            && isRest()
            && in.readTag() == RELEASED
            && in.readBool()
            && in.readTag() == COUNTS
            && isRest()
            && !in.isAtEnd();
    if (plain) {
      previousCount = in.readInt32();
    }
    return plain && in.isAtEnd();
  }

  /** The number of the request. */
  long number() {
    return number;
  }

  /** Whether it is the grant of so many permits of the first part asked for, held, and no more. */
  public boolean isPlainGrant(int ofPermits) {
    return kind == Kind.GRANT && permits == ofPermits;
  }

  /** The id of a plain grant. */
  public GrantId grantId() {
    return new GrantId(idFirst, idSecond);
  }

  /** When a plain grant was made, in microseconds of the service's time. */
  public long grantedAtMicros() {
    return grantedAtMicros;
  }

  /** Whether it says that one item was released, with one previous count, and no more. */
  public boolean isPlainRelease() {
    return kind == Kind.RELEASE;
  }

  /** What a plain release found. */
  public int previousCount() {
    return previousCount;
  }

  /** What went wrong; null if nothing did. */
  @Nullable Failure failure() {
    return kind == Kind.OTHER && message().hasError() ? Failures.of(message().getError()) : null;
  }

  /** All of it, plain or not. */
  public Reply message() {
    Reply read = message;
    if (read == null) {
      read = parse();
      message = read;
    }
    return read;
  }

  private Reply parse() {
    try {
      return Reply.parser().parseFrom(frame, start, end - start);
    } catch (IOException e) {
      throw new UncheckedIOException("an answer that is none", e);
    }
  }
}
