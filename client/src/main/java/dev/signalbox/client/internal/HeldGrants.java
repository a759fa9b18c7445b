package dev.signalbox.client.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holdings by the ids of their grants, the oldest first. A hash table whose links lie in the
 * holdings themselves, each of which is in one table at most: to add and to remove one makes no
 * garbage. Not thread-safe.
 */
final class HeldGrants {
  private static final int LEAST_BUCKETS = 64;
  private static final int SPREAD = 0x9E3779B9;

  private @Nullable Holding[] buckets = new Holding[LEAST_BUCKETS];
  private @Nullable Holding oldest;
  private @Nullable Holding newest;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds one whose id is not in here. */
  void add(Holding holding) {
    if (size == buckets.length) {
      grow();
    }
    link(holding);
    holding.older = newest;
    if (newest == null) {
      oldest = holding;
    } else {
      newest.newer = holding;
    }
    newest = holding;
    size++;
  }

  private void grow() {
    buckets = new Holding[2 * buckets.length];
    for (Holding holding = oldest; holding != null; holding = holding.newer) {
      link(holding);
    }
  }

  private void link(Holding holding) {
    int bucket = bucket(holding.grantId());
    holding.sameBucket = buckets[bucket];
    buckets[bucket] = holding;
  }

  private int bucket(GrantId id) {
    return id.hashCode() * SPREAD >>> Integer.numberOfLeadingZeros(buckets.length) + 1;
  }

  @Nullable Holding get(GrantId id) {
    Holding holding = buckets[bucket(id)];
    while (holding != null && !holding.grantId().equals(id)) {
      holding = holding.sameBucket;
    }
    return holding;
  }

  /** Removes it; false if it is not in here. */
  boolean remove(Holding holding) {
    if (!unlink(holding)) {
      return false;
    }
    if (holding.older == null) {
      oldest = holding.newer;
    } else {
      holding.older.newer = holding.newer;
    }
    if (holding.newer == null) {
      newest = holding.older;
    } else {
      holding.newer.older = holding.older;
    }
    holding.older = null;
    holding.newer = null;
    size--;
    return true;
  }

  private boolean unlink(Holding holding) {
    int bucket = bucket(holding.grantId());
    Holding before = null;
    Holding at = buckets[bucket];
    while (at != null && at != holding) {
      before = at;
      at = at.sameBucket;
    }
    if (at == null) {
      return false;
    }
    if (before == null) {
      buckets[bucket] = holding.sameBucket;
    } else {
      before.sameBucket = holding.sameBucket;
    }
    holding.sameBucket = null;
    return true;
  }

  /** A copy, the oldest first. */
  List<Holding> inOrder() {
    List<Holding> all = new ArrayList<>(size);
    for (Holding holding = oldest; holding != null; holding = holding.newer) {
      all.add(holding);
    }
    return all;
  }

  /** Removes all of them. */
  void clear() {
    inOrder().forEach(this::remove);
    buckets = new Holding[LEAST_BUCKETS];
  }
}
