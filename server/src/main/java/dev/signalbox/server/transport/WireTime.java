package dev.signalbox.server.transport;

import com.google.protobuf.Duration;
import dev.signalbox.server.core.InvalidField;

/** Durations as microseconds. */
final class WireTime {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private WireTime() {}

  /**
   * A duration in microseconds, rounded up, so that no wait is shorter than asked for. One that is
   * too long for a {@code long} is as long as can be: no range allows for it.
   */
  static long micros(String field, Duration duration) {
    long seconds = duration.getSeconds();
    int nanos = duration.getNanos();
    InvalidField.unless(seconds >= 0 && nanos >= 0, field, "must not be negative");
    InvalidField.unless(
        nanos < NANOS_PER_SECOND, field, "is malformed: nanos must be at most 999999999");
    return seconds >= Long.MAX_VALUE / MICROS_PER_SECOND
        ? Long.MAX_VALUE
        : seconds * MICROS_PER_SECOND + (nanos + 999L) / 1_000;
  }

  static Duration duration(long micros) {
    return Duration.newBuilder()
        .setSeconds(micros / MICROS_PER_SECOND)
        .setNanos((int) (micros % MICROS_PER_SECOND) * 1_000)
        .build();
  }
}
