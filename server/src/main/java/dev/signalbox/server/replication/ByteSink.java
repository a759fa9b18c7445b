package dev.signalbox.server.replication;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Values as bytes; {@link ByteSource} reads them back. */
final class ByteSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Small numbers of either sign are short. */
  ByteSink number(long value) {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  ByteSink fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.write((int) (value >>> shift));
    }
    return this;
  }

  ByteSink flag(boolean value) {
    bytes.write(value ? 1 : 0);
    return this;
  }

  ByteSink text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
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
    for (T value : values) {
      writer.accept(this, value);
    }
    return this;
  }
}
