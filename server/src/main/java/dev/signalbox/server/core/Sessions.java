package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All sessions that have not ended: hashed for looking up, sorted for listing. */
final class Sessions {
  private final LongMap<Session> bySequence = new LongMap<>();
  private final NavigableMap<Long, Session> sorted = new TreeMap<>();
  private final List<Session> perhapsIdle = new ArrayList<>();

  int size() {
    return bySequence.size();
  }

  @Nullable Session find(SessionId id) {
    Session session = bySequence.get(id.sequence());
    return session == null || !session.id.equals(id) ? null : session;
  }

  @Nullable Session find(long sequence) {
    return bySequence.get(sequence);
  }

  void add(Session session) {
    bySequence.put(session.id.sequence(), session);
    sorted.put(session.id.sequence(), session);
  }

  void remove(Session session) {
    bySequence.remove(session.id.sequence());
    sorted.remove(session.id.sequence());
  }

  /** All, in the order of opening. */
  Collection<Session> all() {
    return sorted.values();
  }

  /** Those opened after the given one. */
  Collection<Session> after(long sequence) {
    return sorted.tailMap(sequence, false).values();
  }

  /**
   * An ephemeral session was used or lost something: it will end with the step if it has nothing
   * left.
   */
  void noteIdle(Session session) {
    if (session.ephemeral && session.isIdle()) {
      perhapsIdle.add(session);
    }
  }

  /** Takes the ephemeral sessions that have nothing left. */
  List<Session> takeIdle() {
    if (perhapsIdle.isEmpty()) {
      return List.of();
    }
    List<Session> idle = new ArrayList<>();
    for (Session session : perhapsIdle) {
      if (session.isIdle() && find(session.id) == session && !idle.contains(session)) {
        idle.add(session);
      }
    }
    perhapsIdle.clear();
    return idle;
  }
}
