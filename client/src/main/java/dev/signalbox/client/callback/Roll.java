package dev.signalbox.client.callback;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The callbacks of one object or group that are not over, in the order in which they came, and
 * those who wait for them. Thread-safe; the lock is held for moments, around nothing else.
 */
final class Roll {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition someLeft = lock.newCondition();

  // Under the lock.
  private final Map<SubmittedCallback, Long> numbers = new LinkedHashMap<>();
  private long next;
  private int endings;
  private volatile boolean closed;

  /** Puts a callback on the roll; false if the roll is closed. */
  boolean add(SubmittedCallback callback) {
    lock.lock();
    try {
      if (!closed) {
        numbers.put(callback, next++);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a callback off the roll, if it is on it. */
  void remove(SubmittedCallback callback) {
    lock.lock();
    try {
      if (numbers.remove(callback) != null) {
        someLeft.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Those that are on it now. */
  List<SubmittedCallback> all() {
    lock.lock();
    try {
      return new ArrayList<>(numbers.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** Takes nobody any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody ends those who are on it. */
  void beginEnding() {
    lock.lock();
    try {
      endings++;
    } finally {
      lock.unlock();
    }
  }

  /** Whoever did so is done. */
  void ended() {
    lock.lock();
    try {
      endings--;
      someLeft.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long until nobody ends anybody any more; false if somebody still does. */
  boolean awaitEndings(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (endings > 0 && left > 0) {
        left = someLeft.awaitNanos(left);
      }
      return endings == 0;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Waits so long until all that are on it now have left; false if some have not. */
  boolean awaitThoseOfNow(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      long end = next;
      while (hasBefore(end) && left > 0) {
        left = someLeft.awaitNanos(left);
      }
      return !hasBefore(end);
    } finally {
      lock.unlock();
    }
  }

  private boolean hasBefore(long end) {
    Iterator<Long> oldest = numbers.values().iterator();
    return oldest.hasNext() && oldest.next() < end;
  }

  /**
   * Refuses the calling thread if it runs one of these callbacks.
   *
   * @throws IllegalStateException if so
   */
  void refuseFromWithin() {
    if (all().stream().anyMatch(SubmittedCallback::isOnThisThread)) {
      throw new IllegalStateException("a callback cannot wait for itself");
    }
  }
}
