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
  private final long version;
  private int at;

  /** Reads what the given version of the format wrote. */
  ByteSource(byte[] bytes, long version) {
    this(bytes, 0, bytes.length, version);
  }

  /** Reads a part of the bytes, which must not change meanwhile. */
  ByteSource(byte[] bytes, int from, int end, long version) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.version = version;
  }

  /** What is not read yet, of that version of the format. */
  ByteSource rest(long version) {
    return new ByteSource(bytes, at, end, version);
  }

  /** Whether what is read was written by this version of the format or a later one. */
  boolean isOf(long since) {
    return version >= since;
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

  /** A flag that the format has since the given version, and that was not set before. */
  boolean flagSince(long since) {
    return isOf(since) && flag();
  }

  String text() {
    int size = checkedSize(integer());
    return new String(bytes, skip(size), size, StandardCharsets.UTF_8);
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
