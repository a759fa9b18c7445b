package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Result;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/** The reply window of a session (E1): every number is kept, waiting, settled or new. */
final class ModelWindow {
  final TreeMap<Long, Result> kept = new TreeMap<>();
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
    for (long number = 1; number <= through; number++) {
      settle(number, limit);
    }
    also.forEach(number -> settle(number, limit));
  }

  /** Everything up to the last number is settled, but for what is still unanswered (L5). */
  void resume(long lastNumber, Collection<Long> unanswered, int limit) {
    for (long number = 1; number <= lastNumber; number++) {
      if (!unanswered.contains(number)) {
        settle(number, limit);
      }
    }
  }

  /** Makes room for one more; false if everything in a full window still waits. */
  boolean makeRoom(int limit) {
    while (kept.size() + waiting.size() >= limit) {
      if (kept.isEmpty()) {
        return false;
      }
      settle(kept.firstKey(), limit);
    }
    return true;
  }

  private void settle(long number, int limit) {
    kept.remove(number);
    settled.add(number);
    while (ranges() > limit) {
      joinTheLowestTwo();
    }
  }

  private long ranges() {
    return settled.stream().filter(number -> !settled.contains(number - 1)).count();
  }

  private void joinTheLowestTwo() {
    long number = settled.first();
    while (settled.contains(number)) {
      number++;
    }
    for (; !settled.contains(number); number++) {
      kept.remove(number);
      settled.add(number);
    }
  }
}
