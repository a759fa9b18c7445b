package dev.signalbox.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.FakeClock;
import dev.signalbox.server.Rule;
import dev.signalbox.server.core.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private static final long TEN_SECONDS = 10_000_000;
  private static final long NEVER_AFTER_BREAK = -1;

  private final FakeClock clock = new FakeClock();
  private final List<LiveSession> condemned = new ArrayList<>();
  private final AtomicLong stalled = new AtomicLong();
  private final Liveness liveness = new Liveness(clock, stalled::get, condemned::add);
  private final Outbox stream = new Outbox(new FakeStream(), 100);

  @Test
  @Rule({"L1", "L2"})
  void silentSession_isCondemnedWhenItsLeaseHasRunOut() {
    LiveSession session = watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    pass(Duration.ofMillis(9_999));
    assertThat(condemned).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(condemned).containsExactly(session);
  }

  @Test
  @Rule("L1")
  void sessionThatIsHeard_livesOn_forAWholeLeaseFromThen() {
    LiveSession session = watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(9));
      assertThat(session.hear()).isTrue();
    }
    assertThat(condemned).isEmpty();

    pass(Duration.ofSeconds(10));
    assertThat(condemned).containsExactly(session);
  }

  @Test
  @Rule("L1")
  void condemnedSession_renewsNothing_andIsCondemnedOnce() {
    LiveSession session = watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    pass(Duration.ofSeconds(10));

    assertThat(session.hear()).isFalse();
    pass(Duration.ofSeconds(100));
    assertThat(condemned).containsExactly(session);
  }

  @Test
  void sessionHeardAtTheVeryVerdict_isEitherRenewedOrCondemned() {
    Lease lease = new Lease(10, -1, 0);

    assertThat(lease.hear(5)).isTrue();
    assertThat(lease.condemn(14)).isFalse();
    assertThat(lease.hear(14)).isTrue();
    assertThat(lease.condemn(23)).isFalse();
    assertThat(lease.condemn(24)).isTrue();
    assertThat(lease.hear(24)).isFalse();
  }

  @Test
  @Rule("L9")
  void brokenStream_endsTheSessionAfterTheTimeItChose() {
    LiveSession session = watched(TEN_SECONDS, 2_000_000);
    session.attach(stream);
    pass(Duration.ofSeconds(1));
    session.detach(stream);
    pass(Duration.ofMillis(1_999));
    assertThat(condemned).isEmpty();

    pass(Duration.ofMillis(1));
    assertThat(condemned).containsExactly(session);
  }

  @Test
  @Rule("L9")
  void brokenStream_withZeroTime_endsTheSessionAtTheNextCheck() {
    LiveSession session = watched(TEN_SECONDS, 0);
    session.attach(stream);
    session.detach(stream);

    liveness.check();
    assertThat(condemned).containsExactly(session);
  }

  @Test
  @Rule({"L5", "L9"})
  void resumedInTime_theSessionHasItsWholeLeaseAgain() {
    LiveSession session = watched(TEN_SECONDS, 2_000_000);
    session.attach(stream);
    session.detach(stream);
    pass(Duration.ofSeconds(1));
    session.attach(new Outbox(new FakeStream(), 100));
    session.hear();

    pass(Duration.ofMillis(9_999));
    assertThat(condemned).isEmpty();
  }

  @Test
  @Rule("L5")
  void streamThatWasReplaced_breaksNothing() {
    LiveSession session = watched(TEN_SECONDS, 0);
    session.attach(stream);
    session.attach(new Outbox(new FakeStream(), 100));
    session.detach(stream);

    liveness.check();
    assertThat(condemned).isEmpty();
  }

  @Test
  @Rule("L7")
  void ownPause_givesEveryoneAFullLease() {
    watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    pass(Duration.ofSeconds(9));
    clock.advance(Duration.ofSeconds(30));
    liveness.check();
    assertThat(condemned).isEmpty();

    pass(Duration.ofMillis(9_999));
    assertThat(condemned).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(condemned).hasSize(1);
  }

  /** Whoever is on the connections of a thread that waits for the disk speaks, and is not heard. */
  @Test
  @Rule("L7")
  void stalledLog_givesEveryoneAFullLease_fromTheLastCheckOn() {
    watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    pass(Duration.ofSeconds(9));
    stalled.set(Duration.ofMillis(1_001).toNanos());
    pass(Duration.ofSeconds(30));
    assertThat(condemned).isEmpty();

    stalled.set(0);
    pass(Duration.ofMillis(9_999));
    assertThat(condemned).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(condemned).hasSize(1);
  }

  @Test
  void sessionWithACallOfItsOwn_livesAsLongAsTheCall() {
    LiveSession session = watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    session.pin();
    pass(Duration.ofMinutes(5));
    assertThat(condemned).isEmpty();

    session.unpin();
    pass(Duration.ofMillis(9_999));
    assertThat(condemned).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(condemned).containsExactly(session);
  }

  @Test
  void endedSession_isNotCondemned() {
    LiveSession session = watched(TEN_SECONDS, NEVER_AFTER_BREAK);
    session.end(Waiter::sessionLost);
    pass(Duration.ofSeconds(60));

    assertThat(condemned).isEmpty();
    assertThat(session.hear()).isFalse();
  }

  private LiveSession watched(long leaseMicros, long endAfterBreakMicros) {
    LiveSession session =
        new LiveSession(new SessionId(1, 1), leaseMicros, endAfterBreakMicros, liveness);
    liveness.watch(session);
    return session;
  }

  /** Lets time pass in steps, as it does for a node that is not stopped. */
  private void pass(Duration time) {
    Duration step = Duration.ofMillis(100);
    Duration left = time;
    while (left.compareTo(step) > 0) {
      clock.advance(step);
      liveness.check();
      left = left.minus(step);
    }
    clock.advance(left);
    liveness.check();
  }
}
