package dev.signalbox.client.internal;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Calls on their way to the network thread: any thread adds, one takes all. Lock-free. */
final class Inbox {
  private final AtomicReference<@Nullable Call<?>> newest = new AtomicReference<>();

  /** Adds a call; true if nothing was in here, so that the taker needs to be told. */
  boolean add(Call<?> call) {
    Call<?> before;
    do {
      before = newest.get();
      call.next = before;
    } while (!newest.compareAndSet(before, call));
    return before == null;
  }

  /** Takes everything: the oldest call, the others linked behind it; null if there is none. */
  @Nullable Call<?> takeAll() {
    Call<?> rest = newest.getAndSet(null);
    Call<?> oldest = null;
    while (rest != null) {
      Call<?> older = rest.next;
      rest.next = oldest;
      oldest = rest;
      rest = older;
    }
    return oldest;
  }
}
