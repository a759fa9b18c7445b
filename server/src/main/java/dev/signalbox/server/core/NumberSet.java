package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of request numbers that are done with (E1): everything up to a mark, and ranges above it.
 * It never loses a number; kept small, it may take in some that lie between two of its ranges.
 */
final class NumberSet {
  /** Numbers from {@code first} to {@code last}, both included. */
  record Range(long first, long last) {}

  private long through;
  private final TreeMap<Long, Long> ranges = new TreeMap<>();

  /** Every number up to this one is in the set. */
  long through() {
    return through;
  }

  boolean contains(long number) {
    if (number <= through) {
      return true;
    }
    Map.Entry<Long, Long> below = ranges.isEmpty() ? null : ranges.floorEntry(number);
    return below != null && number <= below.getValue();
  }

  /**
   * Adds a range, joins it with what it touches, and joins the lowest ranges if there are more than
   * so many.
   */
  void add(long first, long last, int mostRanges) {
    if (first > last || last <= through) {
      return;
    }
    if (first <= through + 1) {
      through = last;
    } else {
      insert(first, last);
      if (ranges.size() > mostRanges) {
        through = ranges.pollFirstEntry().getValue();
      }
    }
    while (!ranges.isEmpty() && ranges.firstKey() <= through + 1) {
      through = Math.max(through, ranges.pollFirstEntry().getValue());
    }
  }

  private void insert(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> near = ranges.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
    while (near != null && near.getValue() >= from - 1) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      ranges.remove(near.getKey());
      near = ranges.floorEntry(to == Long.MAX_VALUE ? to : to + 1);
    }
    ranges.put(from, to);
  }

  /** The set as ranges, ascending. */
  List<Range> toRanges() {
    List<Range> all = new ArrayList<>();
    if (through > 0) {
      all.add(new Range(1, through));
    }
    ranges.forEach((first, last) -> all.add(new Range(first, last)));
    return List.copyOf(all);
  }
}
