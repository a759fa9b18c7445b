package dev.signalbox.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Judges the properties below one path. What is wrong is named in full. */
record Checks(String path) {
  /** The checks of what stands below a property of this one. */
  Checks below(String property) {
    return new Checks(path + "." + property);
  }

  /** The checks of the property itself. */
  BadSetupException wrong(String property, String why) {
    return BadSetupException.property(path + "." + property, why);
  }

  void require(boolean right, String property, String why) {
    if (!right) {
      throw wrong(property, why);
    }
  }

  /** A duration that is there is within its range. */
  void within(
      String property, @Nullable Duration value, Duration least, Duration most, String range) {
    if (value != null && (value.compareTo(least) < 0 || value.compareTo(most) > 0)) {
      throw wrong(property, "must be " + range + ", not " + value);
    }
  }

  /** A number that is there is 1 or more. */
  void positive(String property, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw wrong(property, "must be 1 to " + Integer.MAX_VALUE + ", not " + value);
    }
  }
}
