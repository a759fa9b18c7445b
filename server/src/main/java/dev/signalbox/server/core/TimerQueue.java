package dev.signalbox.server.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What falls due, soonest first: a binary heap whose members know their places, so that each can be
 * moved or removed.
 */
final class TimerQueue {
  private @Nullable Timed[] heap = new @Nullable Timed[64];
  private int size;

  /** The deadline of the first; {@link Long#MAX_VALUE} if there is none. */
  long nextDeadline() {
    Timed first = heap[0];
    return first == null ? Long.MAX_VALUE : first.deadline;
  }

  /** The one that is due first; null if there is none. */
  @Nullable Timed first() {
    return heap[0];
  }

  /** Takes out the first if it is due at the given time. */
  @Nullable Timed pollDue(long now) {
    Timed first = heap[0];
    if (first == null || first.deadline > now) {
      return null;
    }
    cancel(first);
    return first;
  }

  /** Puts it in, or moves it to another deadline. */
  void schedule(Timed timed, long deadline) {
    if (timed.heapIndex >= 0 && timed.deadline == deadline) {
      return;
    }
    cancel(timed);
    timed.deadline = deadline;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    siftUp(timed, size++);
  }

  /** Takes it out; nothing happens if it is not in. */
  void cancel(Timed timed) {
    int hole = timed.heapIndex;
    if (hole < 0) {
      return;
    }
    timed.heapIndex = -1;
    Timed last = at(--size);
    heap[size] = null;
    if (last != timed) {
      siftDown(last, hole);
      siftUp(last, last.heapIndex);
    }
  }

  private void siftUp(Timed timed, int start) {
    int index = start;
    while (index > 0 && timed.isBefore(at((index - 1) / 2))) {
      place(at((index - 1) / 2), index);
      index = (index - 1) / 2;
    }
    place(timed, index);
  }

  private void siftDown(Timed timed, int start) {
    int index = start;
    int child = firstChild(index);
    while (child < size && at(child).isBefore(timed)) {
      place(at(child), index);
      index = child;
      child = firstChild(index);
    }
    place(timed, index);
  }

  /** The index of the child that is due first; at least {@code size} if there is none. */
  private int firstChild(int index) {
    int left = 2 * index + 1;
    int right = left + 1;
    return right < size && at(right).isBefore(at(left)) ? right : left;
  }

  private void place(Timed timed, int index) {
    heap[index] = timed;
    timed.heapIndex = index;
  }

  @SuppressWarnings("NullAway") // below size there are no nulls
  private Timed at(int index) {
    return heap[index];
  }
}
