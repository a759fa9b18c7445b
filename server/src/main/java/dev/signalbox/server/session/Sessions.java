package dev.signalbox.server.session;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.SessionView;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.OutcomeListener;
import dev.signalbox.server.replication.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All open sessions, on the leader. Brings what the log has to tell to the streams and calls that
 * wait for it, and ends the sessions that are no longer heard from. Thread-safe, but for what is
 * said to belong to the apply thread.
 */
public final class Sessions implements OutcomeListener, AutoCloseable {
  private static final int PAGE = 1_000;

  private final Map<SessionId, LiveSession> byId = new ConcurrentHashMap<>();
  private final Liveness liveness;

  /** Apply thread only. */
  private final List<Outbox> dirty = new ArrayList<>();

  /**
   * No sessions yet.
   *
   * @param nanoTime monotonic nanoseconds
   * @param stalled nanoseconds for which the log has kept a connection's thread by now
   * @param submit hands in the verdict on a session
   */
  public Sessions(LongSupplier nanoTime, LongSupplier stalled, Consumer<Submission> submit) {
    this.liveness = new Liveness(nanoTime, stalled, session -> submit.accept(verdict(session)));
  }

  /** Starts to judge. */
  public void start() {
    liveness.start();
  }

  /**
   * Judges on this thread instead, whose lease has run out by now. For servers that were not {@link
   * #start started} to do so by themselves: to be called at least once a second, as a longer
   * silence counts as a pause of this node (L7).
   *
   * @return nanoseconds until there is something to judge again
   */
  public long judge() {
    long next = liveness.check();
    return next == Lease.NEVER ? Long.MAX_VALUE : next - liveness.now();
  }

  @Override
  public void close() {
    liveness.close();
    leave(StreamEnd.GOING_AWAY, Failure.STOPPING);
  }

  /** An open session; null if it is unknown or has ended. */
  public @Nullable LiveSession find(SessionId id) {
    return byId.get(id);
  }

  /** Whether a session is open and has a stream. */
  public boolean hasStream(SessionId id) {
    LiveSession session = byId.get(id);
    return session != null && session.outbox() != null;
  }

  /** How many sessions are open. */
  public int size() {
    return byId.size();
  }

  /** A session was opened. Apply thread only, as the next two. */
  public LiveSession opened(Command.OpenSession open, SessionId id) {
    return add(id, open.leaseMicros(), open.endAfterBreakMicros());
  }

  /** Puts an outcome into the session's outbox, if it has a stream. */
  public void stage(LiveSession session, Outcome outcome) {
    Outbox outbox = session.outbox();
    if (outbox != null) {
      outbox.stage(outcome);
      touch(outbox);
    }
  }

  /** Sees to it that the outbox is flushed when the entry has been told. */
  public void touch(Outbox outbox) {
    if (outbox.mark()) {
      dirty.add(outbox);
    }
  }

  /** Tells every stream that this node is about to stop. */
  public void goingAway() {
    for (LiveSession session : byId.values()) {
      Outbox outbox = session.outbox();
      if (outbox != null) {
        outbox.goingAway();
      }
    }
  }

  @Override
  public void leading(Machine machine) {
    byId.clear();
    liveness.clear();
    long after = 0;
    List<SessionView> page;
    do {
      page = machine.sessions(after, PAGE);
      for (SessionView view : page) {
        add(view.id(), view.leaseMicros(), view.endAfterBreakMicros());
        after = view.id().sequence();
      }
    } while (page.size() == PAGE);
  }

  @Override
  public void following() {
    leave(StreamEnd.NOT_LEADER, Failure.NOT_LEADER);
  }

  @Override
  public void answered(Outcome.Answer answer) {
    LiveSession session = answer.session() == null ? null : byId.get(answer.session());
    if (session != null) {
      stage(session, answer);
      session.answer(answer);
    }
  }

  @Override
  public void recalled(Outcome.Recalled recalled) {
    stage(recalled.session(), recalled);
  }

  @Override
  public void creditRecalled(Outcome.CreditRecalled recalled) {
    stage(recalled.session(), recalled);
  }

  private void stage(SessionId id, Outcome outcome) {
    LiveSession session = byId.get(id);
    if (session != null) {
      stage(session, outcome);
    }
  }

  @Override
  public void ended(Outcome.SessionEnded ended) {
    LiveSession session = byId.remove(ended.session());
    if (session != null) {
      stage(session, ended);
      session.end(Waiter::sessionLost);
    }
  }

  @Override
  public void entryApplied() {
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).flush();
    }
    dirty.clear();
  }

  private static Submission verdict(LiveSession session) {
    return Submission.unanswered(List.of(new Command.EndSession(session.id(), EndCause.EXPIRED)));
  }

  private LiveSession add(SessionId id, long leaseMicros, long endAfterBreakMicros) {
    LiveSession session = new LiveSession(id, leaseMicros, endAfterBreakMicros, liveness);
    byId.put(id, session);
    liveness.watch(session);
    return session;
  }

  private void leave(StreamEnd why, Failure failure) {
    List<LiveSession> left = new ArrayList<>(byId.values());
    byId.clear();
    liveness.clear();
    for (LiveSession session : left) {
      session.end(waiter -> waiter.failed(failure));
      Outbox outbox = session.outbox();
      if (outbox != null) {
        outbox.end(why);
      }
    }
  }
}
