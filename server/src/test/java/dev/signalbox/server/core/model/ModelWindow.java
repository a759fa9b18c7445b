package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Result;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The reply window of a session (E1): every number is kept, waiting, settled or new. */
final class ModelWindow {
  /** In the order in which they were answered. */
  final Map<Long, Result> kept = new LinkedHashMap<>();

  final TreeSet<Long> waiting = new TreeSet<>();

  /** Acknowledged or forgotten: never to be executed, its reply never to be kept. */
  private final TreeSet<Long> settled = new TreeSet<>();

  boolean isSettled(long number) {
    return settled.contains(number);
  }

  void answered(long number, Result result) {
    waiting.remove(number);
    if (!isSettled(number)) {
      kept.put(number, result);
    }
  }

  void acknowledge(long through, Collection<Long> also, int limit) {
    settle(1, through, limit);
    also.forEach(number -> settle(number, number, limit));
  }

  /** Everything up to the last number is settled, but for what is still unanswered (L5). */
  void resume(long lastNumber, Collection<Long> unanswered, int limit) {
    long first = 1;
    for (long number : unanswered) {
      settle(first, Math.min(number - 1, lastNumber), limit);
      first = number + 1;
    }
    settle(first, lastNumber, limit);
  }

  /** Makes room for one more; false if everything in a full window still waits. */
  boolean makeRoom(int limit) {
    while (kept.size() + waiting.size() >= limit) {
      if (kept.isEmpty()) {
        return false;
      }
      long oldest = kept.keySet().iterator().next();
      settle(oldest, oldest, limit);
    }
    return true;
  }

  /** A range of numbers is done with; too many separate ranges are joined from below. */
  private void settle(long first, long last, int limit) {
    for (long number = first; number <= last; number++) {
      kept.remove(number);
      settled.add(number);
    }
    while (rangesAboveTheMark() > limit) {
      joinTheLowest();
    }
  }

  /** Separate ranges, the one that begins with 1 not counted. */
  private long rangesAboveTheMark() {
    return settled.stream().filter(n -> n > 1 && !settled.contains(n - 1)).count();
  }

  /** Whatever is open below the lowest of them counts as settled; replies in there stay. */
  private void joinTheLowest() {
    long number = 1;
    while (settled.contains(number)) {
      number++;
    }
    for (; !settled.contains(number); number++) {
      settled.add(number);
    }
  }
}
