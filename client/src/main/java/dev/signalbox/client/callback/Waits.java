package dev.signalbox.client.callback;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The waits of a pool: no more than it has places for, and none once it is closed (C9).
 * Thread-safe; the lock is held for moments.
 */
final class Waits {
  private final int places;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();

  // Under the lock.
  private final Set<Wait> taken = new LinkedHashSet<>();
  private boolean closed;

  Waits(int places) {
    this.places = places;
  }

  /**
   * Takes a place.
   *
   * @throws RejectedExecutionException if there is none, or the pool is closed
   */
  void enter(Wait wait) {
    lock.lock();
    try {
      refuseIfClosed();
      if (taken.size() >= places) {
        throw new RejectedExecutionException("the pool has %d waits already".formatted(places));
      }
      taken.add(wait);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands a place on.
   *
   * @throws RejectedExecutionException if the pool is closed; then the place is free
   */
  void pass(Wait from, Wait to) {
    lock.lock();
    try {
      remove(from);
      refuseIfClosed();
      taken.add(to);
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new RejectedExecutionException(Crew.CLOSED);
    }
  }

  void leave(Wait wait) {
    lock.lock();
    try {
      remove(wait);
    } finally {
      lock.unlock();
    }
  }

  private void remove(Wait wait) {
    taken.remove(wait);
    if (taken.isEmpty()) {
      empty.signalAll();
    }
  }

  int count() {
    lock.lock();
    try {
      return taken.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more, and tells who is there. */
  List<SubmittedCallback> close() {
    lock.lock();
    try {
      closed = true;
      return new ArrayList<>(taken);
    } finally {
      lock.unlock();
    }
  }

  /** Waits so long for the last one to leave. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (!taken.isEmpty() && left > 0) {
        left = empty.awaitNanos(left);
      }
      return taken.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
