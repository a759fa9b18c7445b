package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Result;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/** The reply window of a session (E1): every number is kept, waiting, settled or new. */
final class ModelWindow {
  final TreeMap<Long, Result> kept = new TreeMap<>();
  final TreeSet<Long> waiting = new TreeSet<>();
  private final TreeSet<Long> settled = new TreeSet<>();
  private long settledThrough;

  /** Its reply is no longer kept, or was said to have arrived: never to be executed (again). */
  boolean isSettled(long number) {
    return number <= settledThrough || settled.contains(number);
  }

  void acknowledge(long through, Collection<Long> also) {
    kept.headMap(through, true).clear();
    settledThrough = Math.max(settledThrough, through);
    also.forEach(this::forget);
  }

  /** Everything up to the last number is settled, but for what is still unanswered (L5). */
  void resume(long lastNumber, Collection<Long> unanswered) {
    for (long number = 1; number <= lastNumber; number++) {
      if (!unanswered.contains(number)) {
        forget(number);
      }
    }
  }

  /** Makes room for one more; false if everything in a full window still waits. */
  boolean makeRoom(int limit) {
    while (kept.size() + waiting.size() >= limit) {
      if (kept.isEmpty()) {
        return false;
      }
      forget(kept.firstKey());
    }
    return true;
  }

  private void forget(long number) {
    kept.remove(number);
    settled.add(number);
  }
}
