package dev.signalbox.client.callback;

/**
 * Placeholder for the options of a pool, which are written elsewhere.
 *
 * @param min threads at least
 * @param max threads at most
 */
public record PoolOptions(int min, int max) {
  /** So many threads. */
  public static PoolOptions threads(int min, int max) {
    return new PoolOptions(min, max);
  }
}
