package dev.signalbox.client.callback;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * The waits of a pool: no more than it has places for, and none once it is closed (C9).
 * Thread-safe; its monitor is held for moments.
 */
final class Waits {
  private final int places;
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
  synchronized void enter(Wait wait) {
    refuseIfClosed();
    if (taken.size() >= places) {
      throw new RejectedExecutionException("the pool has %d waits already".formatted(places));
    }
    taken.add(wait);
  }

  /**
   * Hands a place on.
   *
   * @throws RejectedExecutionException if the pool is closed; then the place is free
   */
  synchronized void pass(Wait from, Wait to) {
    taken.remove(from);
    refuseIfClosed();
    taken.add(to);
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new RejectedExecutionException(Crew.CLOSED);
    }
  }

  synchronized void leave(Wait wait) {
    taken.remove(wait);
  }

  synchronized int count() {
    return taken.size();
  }

  /** Takes no more, and tells who is there. */
  synchronized List<SubmittedCallback> close() {
    closed = true;
    return new ArrayList<>(taken);
  }
}
