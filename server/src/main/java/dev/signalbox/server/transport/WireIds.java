package dev.signalbox.server.transport;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.SessionId;
import java.nio.ByteBuffer;
import java.util.List;

/** Ids as 16 bytes: the sequence, then the tag. */
final class WireIds {
  static final int LENGTH = 16;

  private WireIds() {}

  static SessionId sessionId(String field, ByteString bytes) {
    checkLength(field, bytes);
    return new SessionId(longAt(bytes, 0), longAt(bytes, Long.BYTES));
  }

  static GrantId grantId(String field, ByteString bytes) {
    checkLength(field, bytes);
    return new GrantId(longAt(bytes, 0), longAt(bytes, Long.BYTES));
  }

  static ByteString bytes(SessionId id) {
    return bytes(id.sequence(), id.tag());
  }

  static ByteString bytes(GrantId id) {
    return bytes(id.sequence(), id.tag());
  }

  /** Ids one after the other. */
  static ByteString bytes(List<GrantId> ids) {
    ByteBuffer buffer = ByteBuffer.allocate(ids.size() * LENGTH);
    for (GrantId id : ids) {
      buffer.putLong(id.sequence()).putLong(id.tag());
    }
    return UnsafeByteOperations.unsafeWrap(buffer.array());
  }

  private static ByteString bytes(long sequence, long tag) {
    return UnsafeByteOperations.unsafeWrap(
        ByteBuffer.allocate(LENGTH).putLong(sequence).putLong(tag).array());
  }

  private static void checkLength(String field, ByteString bytes) {
    InvalidField.unless(bytes.size() == LENGTH, field, "must be " + LENGTH + " bytes");
  }

  private static long longAt(ByteString bytes, int offset) {
    long value = 0;
    for (int i = offset; i < offset + Long.BYTES; i++) {
      value = value << 8 | (bytes.byteAt(i) & 0xff);
    }
    return value;
  }
}
