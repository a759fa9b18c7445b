package dev.signalbox.client.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps what was used last, and forgets the rest. Not thread-safe. */
final class Recent<V> extends LinkedHashMap<String, V> {
  /** Names that a limiter remembers. */
  static final int NAMES = 10_000;

  private static final long serialVersionUID = 1L;
  private final int most;

  Recent(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > most;
  }
}
