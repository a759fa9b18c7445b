package dev.signalbox.client.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a link behaves.
 *
 * @param targets servers, {@code host:port}, at least one
 * @param clientName who this is
 * @param lease how long the server waits for us (L1)
 * @param endAfterBreak how long a session outlives its stream, if not as long as its lease (L9)
 * @param patience how long a call waits for a connection
 * @param ticker the clock
 */
public record LinkOptions(
    List<String> targets,
    String clientName,
    Duration lease,
    Optional<Duration> endAfterBreak,
    Duration patience,
    Ticker ticker) {
  /** Copies the targets. */
  public LinkOptions {
    targets = List.copyOf(targets);
  }

  /** Whether it is a server's address, {@code host:port}. */
  public static boolean isTarget(String text) {
    return Targets.isTarget(text);
  }
}
