package dev.signalbox.server.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Why the last grants that ended otherwise than by release did so (R4). */
final class EndedGrants {
  /** How many are remembered. */
  static final int CAPACITY = 10_000;

  /** One grant that ended. */
  record Ended(GrantId grant, NotHeldReason reason) {}

  private final ArrayDeque<Ended> oldestFirst = new ArrayDeque<>();
  private final LongMap<Ended> bySequence = new LongMap<>();

  void remember(GrantId grant, NotHeldReason reason) {
    if (oldestFirst.size() == CAPACITY) {
      bySequence.remove(oldestFirst.removeFirst().grant().sequence());
    }
    Ended ended = new Ended(grant, reason);
    oldestFirst.addLast(ended);
    bySequence.put(grant.sequence(), ended);
  }

  NotHeldReason reason(GrantId grant) {
    Ended ended = bySequence.get(grant.sequence());
    return ended == null || !ended.grant().equals(grant) ? NotHeldReason.UNKNOWN : ended.reason();
  }

  List<Ended> all() {
    return new ArrayList<>(oldestFirst);
  }
}
