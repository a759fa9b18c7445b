package dev.signalbox.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.FakeClock;
import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final SessionId UNKNOWN = new SessionId(99, 99);

  private final FakeClock clock = new FakeClock();
  private final List<Submission> verdicts = new ArrayList<>();
  private final Sessions sessions = new Sessions(clock, () -> 0, verdicts::add);
  private final FakeStream stream = new FakeStream();
  private final Outbox outbox = new Outbox(stream, 100);
  private final FakeWaiter waiter = new FakeWaiter();

  @Test
  @Rule("L7")
  void newLeader_knowsEverySessionOfTheMachine() {
    Machine machine = new Machine();
    List<SessionId> opened = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      opened.add(open(machine));
    }
    sessions.leading(machine);

    assertThat(sessions.size()).isEqualTo(2_500);
    assertThat(opened)
        .allSatisfy(id -> assertThat(found(id).hear()).isTrue())
        .allSatisfy(id -> assertThat(found(id).leaseMicros()).isEqualTo(15_000_000));
    assertThat(sessions.find(UNKNOWN)).isNull();
  }

  @Test
  void deposedLeader_endsStreamsAndCalls_andForgetsTheSessions() {
    LiveSession session = streaming();
    session.await(5, waiter);
    sessions.following();

    assertThat(stream.end).isEqualTo(StreamEnd.NOT_LEADER);
    assertThat(waiter.told).containsExactly("NOT_LEADER");
    assertThat(sessions.size()).isZero();
  }

  @Test
  @Rule("L5")
  void attachedStream_replacesTheOneBefore() {
    LiveSession session = streaming();
    FakeStream second = new FakeStream();
    session.attach(new Outbox(second, 100));
    sessions.answered(answer(session, 7));
    sessions.entryApplied();

    assertThat(stream.end).isEqualTo(StreamEnd.REPLACED);
    assertThat(stream.frames).isEmpty();
    assertThat(second.frames).hasSize(1);
  }

  @Test
  void lateAnswer_goesToTheStream_andToWhoeverWaitsForThatNumber() {
    LiveSession session = streaming();
    FakeWaiter other = new FakeWaiter();
    session.await(7, waiter);
    session.await(7, new FakeWaiter());
    session.await(8, other);
    sessions.answered(answer(session, 7));
    sessions.answered(answer(session, 7));
    sessions.entryApplied();

    assertThat(waiter.told).containsExactly("7");
    assertThat(other.told).isEmpty();
    assertThat(stream.frames).singleElement().satisfies(frame -> assertThat(frame).hasSize(2));
  }

  @Test
  void waiterThatHasLeft_hearsNothing() {
    LiveSession session = streaming();
    session.await(7, waiter);
    session.forget(7, waiter);
    sessions.answered(answer(session, 7));

    assertThat(waiter.told).isEmpty();
  }

  @Test
  @Rule("L2")
  void endedSession_tellsStreamAndWaiters_andIsGone() {
    LiveSession session = streaming();
    session.await(7, waiter);
    sessions.ended(new Outcome.SessionEnded(session.id(), EndCause.KILLED));
    sessions.entryApplied();

    assertThat(waiter.told).containsExactly("lost");
    assertThat(stream.frames).hasSize(1);
    assertThat(sessions.find(session.id())).isNull();
    assertThat(session.hear()).isFalse();
    assertThat(session.await(8, waiter)).isFalse();
  }

  @Test
  void outcomesOfUnknownSessions_areNobodysBusiness() {
    sessions.answered(new Outcome.Answer(-1, UNKNOWN, 1, Result.Done.INSTANCE));
    sessions.answered(new Outcome.Answer(-1, null, 1, Result.Done.INSTANCE));
    sessions.ended(new Outcome.SessionEnded(UNKNOWN, EndCause.CLOSED));
    sessions.entryApplied();

    assertThat(sessions.size()).isZero();
  }

  @Test
  void goodbye_isSaidToEveryStream() {
    streaming();
    sessions.goingAway();
    sessions.close();

    assertThat(stream.goodbyes).isEqualTo(1);
    assertThat(stream.end).isEqualTo(StreamEnd.GOING_AWAY);
  }

  private LiveSession streaming() {
    LiveSession session =
        sessions.opened(new Command.OpenSession("x", 15_000_000, -1, false), new SessionId(1, 1));
    session.attach(outbox);
    return session;
  }

  private LiveSession found(SessionId id) {
    return Objects.requireNonNull(sessions.find(id));
  }

  private static Outcome.Answer answer(LiveSession session, long number) {
    return new Outcome.Answer(-1, session.id(), number, Result.Done.INSTANCE);
  }

  private static SessionId open(Machine machine) {
    Command open = new Command.OpenSession("x", 15_000_000, -1, false);
    List<Outcome> told = machine.apply(new Entry(1, 2, 3, List.of(open)));
    return ((Result.Opened) ((Outcome.Answer) told.get(0)).result()).session();
  }

  private static final class FakeWaiter implements Waiter {
    final List<String> told = new ArrayList<>();

    @Override
    public void answered(Outcome.Answer answer) {
      told.add(Long.toString(answer.number()));
    }

    @Override
    public void sessionLost() {
      told.add("lost");
    }

    @Override
    public void failed(Failure why) {
      told.add(why.name());
    }
  }
}
