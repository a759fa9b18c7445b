package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of the machine share: log time, the entry's salt, the counters behind ids, timers
 * and outcomes.
 */
final class Context {
  final TimerQueue timers = new TimerQueue();
  Limits limits = Limits.DEFAULT;
  long now;
  long lastSession;
  long lastGrant;
  long lastArrival;
  long lastSemaphore;
  private long saltHigh;
  private long saltLow;
  private List<Outcome> outcomes = new ArrayList<>();

  void salt(Entry entry) {
    saltHigh = entry.saltHigh();
    saltLow = entry.saltLow();
  }

  SessionId nextSessionId() {
    long sequence = ++lastSession;
    return new SessionId(sequence, SipHash.hash(saltHigh, saltLow, sequence, 1));
  }

  GrantId nextGrantId() {
    long sequence = ++lastGrant;
    return new GrantId(sequence, SipHash.hash(saltHigh, saltLow, sequence, 2));
  }

  void tell(Outcome outcome) {
    outcomes.add(outcome);
  }

  void answer(int index, @Nullable SessionId session, long number, Result result) {
    tell(new Outcome.Answer(index, session, number, result));
  }

  /** Answers a session's request and keeps the reply for when the request is repeated (E1). */
  void answerAndKeep(int index, Session session, long number, Result result) {
    answer(index, session.id, number, result);
    if (number > 0) {
      session.replies.answered(number, result);
    }
  }

  /** Takes what there is to tell. */
  List<Outcome> takeOutcomes() {
    List<Outcome> taken = outcomes;
    outcomes = new ArrayList<>(taken.size());
    return taken;
  }
}
