package dev.signalbox.server.ratelimit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The time over which a rule counts. The longest is a day: no longer refill is exact. */
public enum Unit {
  /** One second. */
  SECOND(1),
  /** 60 seconds. */
  MINUTE(60),
  /** 3,600 seconds. */
  HOUR(3_600),
  /** 86,400 seconds, wherever midnight lies. */
  DAY(86_400);

  private final int seconds;

  Unit(int seconds) {
    this.seconds = seconds;
  }

  /** Its length in seconds. */
  public int seconds() {
    return seconds;
  }

  /** Its length in microseconds. */
  long micros() {
    return seconds * 1_000_000L;
  }

  /** By its name, in capitals or not; null if there is none of that name. */
  static @Nullable Unit named(String name) {
    for (Unit unit : values()) {
      if (unit.name().equals(name.toUpperCase(Locale.ROOT))) {
        return unit;
      }
    }
    return null;
  }
}
