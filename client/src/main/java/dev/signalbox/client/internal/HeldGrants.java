package dev.signalbox.client.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holdings, the oldest first. Most are added and removed and never looked for, so they are a list
 * whose links lie in the holdings themselves, each of which is in one list at most; an index by
 * grant is made when the first is looked for. Not thread-safe.
 */
final class HeldGrants {
  private @Nullable Holding oldest;
  private @Nullable Holding newest;
  private int size;
  private @Nullable Map<GrantId, Holding> byId;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds one whose id is not in here. */
  void add(Holding holding) {
    holding.isListed = true;
    holding.older = newest;
    if (newest == null) {
      oldest = holding;
    } else {
      newest.newer = holding;
    }
    newest = holding;
    size++;
    if (byId != null) {
      byId.put(holding.grantId(), holding);
    }
  }

  @Nullable Holding get(GrantId id) {
    Map<GrantId, Holding> index = byId;
    if (index == null) {
      index = new HashMap<>();
      for (Holding holding = oldest; holding != null; holding = holding.newer) {
        index.put(holding.grantId(), holding);
      }
      byId = index;
    }
    return index.get(id);
  }

  /** Removes it; false if it is not in here any more. */
  boolean remove(Holding holding) {
    if (!holding.isListed) {
      return false;
    }
    unlink(holding);
    size--;
    if (byId != null) {
      byId.remove(holding.grantId());
    }
    return true;
  }

  private void unlink(Holding holding) {
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
    holding.isListed = false;
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
    byId = null;
  }
}
