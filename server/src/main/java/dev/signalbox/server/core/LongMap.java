package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/**
 * A map from positive longs to objects by open addressing: no boxing, no nodes. It cannot be
 * iterated, so no order can leak out of it.
 *
 * @param <V> the values
 */
final class LongMap<V> {
  private static final int SMALLEST = 8;

  /** A table of no more slots is kept as it is: what has come will come again. */
  private static final int KEPT = 1_024;

  private long[] keys = new long[SMALLEST];
  private @Nullable Object[] values = new @Nullable Object[SMALLEST];
  private int size;

  int size() {
    return size;
  }

  @Nullable V get(long key) {
    return valueAt(find(key));
  }

  /** Puts a value under a key that is not 0, in place of any that was there. */
  void put(long key, V value) {
    int slot = find(key);
    if (values[slot] == null) {
      if (++size > keys.length / 2) {
        resize(keys.length * 2);
        slot = find(key);
      }
      keys[slot] = key;
    }
    values[slot] = value;
  }

  /** Removes and returns the value under the key; null if there is none. */
  @Nullable V remove(long key) {
    int slot = find(key);
    V removed = valueAt(slot);
    if (removed != null) {
      size--;
      close(slot);
      if (keys.length > KEPT && size < keys.length / 16) {
        resize(Math.max(KEPT, keys.length / 4));
      }
    }
    return removed;
  }

  /** The slot that holds the key, or the free one where it would go. */
  private int find(long key) {
    int mask = keys.length - 1;
    int slot = home(key, mask);
    while (values[slot] != null && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Frees a slot and moves back what had been pushed past it. */
  private void close(int hole) {
    int mask = keys.length - 1;
    for (int slot = (hole + 1) & mask; values[slot] != null; slot = (slot + 1) & mask) {
      int home = home(keys[slot], mask);
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        keys[hole] = keys[slot];
        values[hole] = values[slot];
        hole = slot;
      }
    }
    values[hole] = null;
  }

  private void resize(int capacity) {
    long[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new long[capacity];
    values = new @Nullable Object[capacity];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != null) {
        int slot = find(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  private static int home(long key, int mask) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32) & mask;
  }

  @SuppressWarnings("unchecked")
  private @Nullable V valueAt(int slot) {
    return (V) values[slot];
  }
}
