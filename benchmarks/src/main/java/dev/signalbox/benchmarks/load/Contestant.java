package dev.signalbox.benchmarks.load;

import java.util.Optional;

/**
 * A semaphore service that takes part. Implementations are found by {@link java.util.ServiceLoader}
 * and have a constructor without arguments.
 */
public interface Contestant {
  /** What it is called in options and tables. */
  String name();

  /** Why it cannot take part on this machine; empty if it can. */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Whether it gives back, by itself, what a killed process held. */
  default boolean hasLease() {
    return true;
  }

  /** Whether a client's permits can end with its connection, before the lease does (L9). */
  default boolean canEndWithConnection() {
    return false;
  }

  /** Starts its server, in processes of its own that end with this one. */
  Service start() throws Exception;

  /** Connects to a server that was started before, maybe by another process. */
  Client connect(String endpoint, Life life) throws Exception;
}
