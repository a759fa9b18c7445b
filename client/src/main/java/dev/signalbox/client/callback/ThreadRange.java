package dev.signalbox.client.callback;

/** How few and how many threads a pool has. */
record ThreadRange(int min, int max) {
  ThreadRange {
    if (max < 1) {
      throw new IllegalArgumentException("maximum threads must be at least 1, not " + max);
    }
    if (min < 0 || min > max) {
      throw new IllegalArgumentException(
          "minimum threads must be 0 to the maximum of " + max + ", not " + min);
    }
  }

  ThreadRange withMin(int threads) {
    return new ThreadRange(threads, max);
  }

  ThreadRange withMax(int threads) {
    return new ThreadRange(min, threads);
  }
}
