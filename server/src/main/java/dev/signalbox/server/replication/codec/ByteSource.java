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
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteSource(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads a part of the bytes, which must not change meanwhile. */
  ByteSource(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** Whether everything was read. */
  boolean isAtEnd() {
    return at == end;
  }

  long number() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = next();
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return value >>> 1 ^ -(value & 1);
  }

  int integer() {
    return Math.toIntExact(number());
  }

  long fixed() {
    int from = skip(Long.BYTES);
    return ByteBuffer.wrap(bytes, from, Long.BYTES).getLong();
  }

  boolean flag() {
    return next() != 0;
  }

  String text() {
    int size = checkedSize(integer());
    return new String(bytes, skip(size), size, StandardCharsets.UTF_8);
  }

  <T> @Nullable T optional(Function<ByteSource, T> reader) {
    return flag() ? reader.apply(this) : null;
  }

  <T> List<T> list(Function<ByteSource, T> reader) {
    int size = checkedSize(integer());
    List<T> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(reader.apply(this));
    }
    return values;
  }

  private byte next() {
    return bytes[skip(1)];
  }

  /** Moves on by so many bytes, and returns where they begin. */
  private int skip(int count) {
    int from = at;
    if (count > end - from) {
      throw new BufferUnderflowException();
    }
    at = from + count;
    return from;
  }

  /** Nothing that has so many elements fits into fewer bytes. */
  private int checkedSize(int size) {
    if (size < 0 || size > end - at) {
      throw new BufferUnderflowException();
    }
    return size;
  }
}
