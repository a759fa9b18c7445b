package dev.signalbox.client.limit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * This process's share of every semaphore of a limiter, while the service cannot be reached. Takes
 * from all of them or from none, never waits, and forgets what has not been used for long.
 * Thread-safe.
 */
final class LocalLimits {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, LocalLimit> inUse = new HashMap<>();
  private final Map<String, LocalLimit> idle = new Recent<>(Recent.NAMES);
  private final LimitSet limits;
  private final double share;
  private final LongSupplier clock;

  LocalLimits(LimitSet limits, double share, LongSupplier clock) {
    this.limits = limits;
    this.share = share;
    this.clock = clock;
  }

  /** Takes the permits of one call, if all of them are there. */
  boolean take(String[] names) {
    long now = clock.getAsLong();
    lock.lock();
    try {
      for (int i = 0; i < names.length; i++) {
        if (!find(names, i, now).hasRoom(now)) {
          return false;
        }
      }
      for (int i = 0; i < names.length; i++) {
        take(names[i], find(names, i, now));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private LocalLimit find(String[] names, int i, long now) {
    LocalLimit busy = inUse.get(names[i]);
    return busy != null
        ? busy
        : idle.computeIfAbsent(names[i], name -> new LocalLimit(limits.get(i), share, now));
  }

  private void take(String name, LocalLimit limit) {
    boolean wasInUse = limit.isInUse();
    limit.take();
    if (!wasInUse && limit.isInUse()) {
      idle.remove(name);
      inUse.put(name, limit);
    }
  }

  /** Gives back what one call holds; what was used up stays so. */
  void giveBack(String[] names) {
    lock.lock();
    try {
      for (String name : names) {
        giveBack(name);
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(String name) {
    LocalLimit limit = inUse.get(name);
    if (limit != null) {
      limit.giveBack();
      if (!limit.isInUse()) {
        inUse.remove(name);
        idle.put(name, limit);
      }
    }
  }

  /** How many semaphores it remembers. */
  int size() {
    lock.lock();
    try {
      return inUse.size() + idle.size();
    } finally {
      lock.unlock();
    }
  }
}
