package dev.signalbox.benchmarks.load;

/** One client of a {@link Contestant}: one connection or pool of them. Thread-safe. */
public interface Client extends AutoCloseable {
  /** The semaphore of that name, made if it does not exist. */
  Gate gate(String name, int max) throws Exception;

  /** Whether its gates have {@link Gate#acquireAsync} and {@link Held#releaseAsync}. */
  default boolean isAsync() {
    return false;
  }

  /** Whether its permits have {@link Held#releaseUnawaited}. */
  default boolean canReleaseUnawaited() {
    return false;
  }

  @Override
  void close();
}
