package dev.signalbox.server.replication.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link ByteSink} wrote. Bytes that end too early throw {@link
 * BufferUnderflowException}.
 */
final class ByteSource {
  private final ByteBuffer bytes;
  private final long version;

  ByteSource(byte[] bytes, long version) {
    this(ByteBuffer.wrap(bytes), version);
  }

  /** Takes over the buffer, which holds what the given version of the format wrote. */
  ByteSource(ByteBuffer bytes, long version) {
    this.bytes = bytes;
    this.version = version;
  }

  /** Whether what is read was written by this version of the format or a later one. */
  boolean isOf(long since) {
    return version >= since;
  }

  /** Whether everything was read. */
  boolean isAtEnd() {
    return !bytes.hasRemaining();
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes.get();
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return value >>> 1 ^ -(value & 1);
  }

  int integer() {
    return Math.toIntExact(number());
  }

  long fixed() {
    return bytes.getLong();
  }

  boolean flag() {
    return bytes.get() != 0;
  }

  /** A flag that the format has since the given version, and that was not set before. */
  boolean flagSince(long since) {
    return isOf(since) && flag();
  }

  String text() {
    byte[] utf8 = new byte[checkedSize(integer())];
    bytes.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  <T> @Nullable T optional(Function<ByteSource, T> reader) {
    return flag() ? reader.apply(this) : null;
  }

  /** What the format has since the given version, and had nothing of before. */
  <T> @Nullable T optionalSince(long since, Function<ByteSource, T> reader) {
    return isOf(since) ? optional(reader) : null;
  }

  <T> List<T> list(Function<ByteSource, T> reader) {
    int size = checkedSize(integer());
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(reader.apply(this));
    }
    return values;
  }

  /** Nothing that has so many elements fits into fewer bytes. */
  private int checkedSize(int size) {
    if (size < 0 || size > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return size;
  }
}
