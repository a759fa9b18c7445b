package dev.signalbox.systemtests.linear;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a search may stand.
 *
 * @param done a bit for each open call that has had its moment
 * @param counts of all semaphores
 * @param used how many calls of each unheard kind have had theirs; shorter where none had
 */
record Point(long done, List<Integer> counts, List<Integer> used) {
  boolean has(int bit) {
    return (done & 1L << bit) != 0;
  }

  Point with(int bit, List<Integer> after) {
    return new Point(done | 1L << bit, after, used);
  }

  Point without(int bit) {
    return new Point(done & ~(1L << bit), counts, used);
  }

  int used(int kind) {
    return kind < used.size() ? used.get(kind) : 0;
  }

  Point using(int kind, List<Integer> after) {
    List<Integer> more = new ArrayList<>(used);
    while (more.size() <= kind) {
      more.add(0);
    }
    more.set(kind, more.get(kind) + 1);
    return new Point(done, after, more);
  }
}
