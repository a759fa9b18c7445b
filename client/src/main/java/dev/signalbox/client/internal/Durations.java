package dev.signalbox.client.internal;

import java.time.Duration;

/** Durations on the wire and off it. */
public final class Durations {
  private Durations() {}

  /** For the wire; the service judges the range. */
  public static com.google.protobuf.Duration toWire(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /** Off the wire. */
  public static Duration fromWire(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
