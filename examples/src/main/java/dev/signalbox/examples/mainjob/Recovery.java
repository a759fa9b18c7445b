package dev.signalbox.examples.mainjob;

import dev.signalbox.client.SignalboxClientBuilder;
import java.time.Duration;
import java.util.Locale;

/** When the permits of a killed worker come back. */
enum Recovery {
  /** When its lease runs out (L2): the default of the SDK. */
  LEASE {
    @Override
    Duration limit(Duration lease) {
      return lease.plusSeconds(1);
    }
  },
  /** When its stream breaks (L9): at once, at the price that docs/semantics.md states. */
  STREAM {
    @Override
    Duration limit(Duration lease) {
      return Duration.ofMillis(200);
    }

    @Override
    SignalboxClientBuilder set(SignalboxClientBuilder builder) {
      return builder.endAfterBreak(Duration.ZERO);
    }
  };

  /** The promise: at most this long after the kill. */
  abstract Duration limit(Duration lease);

  /** Makes a client choose this. */
  SignalboxClientBuilder set(SignalboxClientBuilder builder) {
    return builder;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
