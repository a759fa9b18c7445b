package dev.signalbox.benchmarks.load;

import java.time.Duration;

/**
 * How long the permits of a client that died are kept.
 *
 * @param lease its lease or session time-out
 * @param endsWithConnection whether they are given back as soon as its connection breaks, where
 *     {@link Contestant#canEndWithConnection}
 */
public record Life(Duration lease, boolean endsWithConnection) {
  /** Of clients that are not killed. */
  public static final Life LONG = new Life(Duration.ofSeconds(15), false);
}
