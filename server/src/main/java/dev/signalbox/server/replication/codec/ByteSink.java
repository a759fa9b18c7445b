package dev.signalbox.server.replication.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Values as bytes; {@link ByteSource} reads them back. */
final class ByteSink {
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes = new byte[128];
  private int size;

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Small numbers of either sign are short. */
  ByteSink number(long value) {
    ensure(LONGEST_NUMBER);
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  ByteSink fixed(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  ByteSink flag(boolean value) {
    ensure(1);
    bytes[size++] = (byte) (value ? 1 : 0);
    return this;
  }

  ByteSink text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  <T> ByteSink optional(@Nullable T value, BiConsumer<ByteSink, T> writer) {
    flag(value != null);
    if (value != null) {
      writer.accept(this, value);
    }
    return this;
  }

  <T> ByteSink list(List<T> values, BiConsumer<ByteSink, T> writer) {
    number(values.size());
    for (int i = 0; i < values.size(); i++) {
      writer.accept(this, values.get(i));
    }
    return this;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
