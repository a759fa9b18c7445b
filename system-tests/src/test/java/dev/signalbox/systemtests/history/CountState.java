package dev.signalbox.systemtests.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What may be so at one moment of a {@link CountSearch}.
 *
 * @param done a bit for each open change that has happened
 * @param count the semaphore's count
 * @param used how many uncertain changes of each size have happened; shorter where none did
 */
record CountState(long done, int count, List<Integer> used) {
  boolean has(int bit) {
    return (done & 1L << bit) != 0;
  }

  CountState with(int bit, int delta) {
    return new CountState(done | 1L << bit, count + delta, used);
  }

  CountState without(int bit) {
    return new CountState(done & ~(1L << bit), count, used);
  }

  int used(int size) {
    return size < used.size() ? used.get(size) : 0;
  }

  CountState using(int size, int delta) {
    List<Integer> more = new ArrayList<>(used);
    while (more.size() <= size) {
      more.add(0);
    }
    more.set(size, more.get(size) + 1);
    return new CountState(done, count + delta, List.copyOf(more));
  }
}
