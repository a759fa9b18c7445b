package dev.signalbox.client.limit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * This process's share of every semaphore of a limiter, while the service cannot be reached. Takes
 * from all of them or from none, never waits, and forgets names with keys that have not been used
 * for long, but never one in use. Thread-safe.
 */
final class LocalLimits {
  private final ReentrantLock lock = new ReentrantLock();

  /** Those of names without keys, in the order of the limits; others are null. */
  private final @Nullable LocalLimit[] fixed;

  private final Map<String, LocalLimit> inUse = new HashMap<>();
  private final Map<String, LocalLimit> idle = new Recent<>(Recent.NAMES);
  private final LimitSet limits;
  private final double share;
  private final LongSupplier clock;

  LocalLimits(LimitSet limits, double share, LongSupplier clock) {
    this.limits = limits;
    this.share = share;
    this.clock = clock;
    fixed = new LocalLimit[limits.size()];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = limits.isFixed(i) ? fresh(LocalLimit.UNNAMED, i, clock.getAsLong()) : null;
    }
  }

  private LocalLimit fresh(String name, int i, long now) {
    return new LocalLimit(name, limits.get(i), share, now);
  }

  /** Takes the permits of one call, if all of them are there; null if not. */
  LocalLimit @Nullable [] take(String[] names) {
    LocalLimit[] wanted = new LocalLimit[names.length];
    long now = clock.getAsLong();
    lock.lock();
    try {
      for (int i = 0; i < names.length; i++) {
        wanted[i] = find(names, i, now);
        if (!wanted[i].hasRoom(now)) {
          return null;
        }
      }
      for (LocalLimit limit : wanted) {
        take(limit);
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  private LocalLimit find(String[] names, int i, long now) {
    LocalLimit limit = fixed[i];
    if (limit == null) {
      limit = inUse.get(names[i]);
    }
    return limit == null ? idle.computeIfAbsent(names[i], name -> fresh(name, i, now)) : limit;
  }

  private void take(LocalLimit limit) {
    boolean wasInUse = limit.isInUse();
    limit.take();
    if (limit.isNamed() && limit.isInUse() && !wasInUse) {
      idle.remove(limit.name());
      inUse.put(limit.name(), limit);
    }
  }

  /** Gives back what one call holds; what was used up stays so. */
  void giveBack(LocalLimit[] taken) {
    lock.lock();
    try {
      for (LocalLimit limit : taken) {
        giveBack(limit);
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(LocalLimit limit) {
    boolean wasInUse = limit.isInUse();
    limit.giveBack();
    if (limit.isNamed() && wasInUse && !limit.isInUse()) {
      inUse.remove(limit.name());
      idle.put(limit.name(), limit);
    }
  }

  /** How many names with keys it remembers. */
  int size() {
    lock.lock();
    try {
      return inUse.size() + idle.size();
    } finally {
      lock.unlock();
    }
  }
}
