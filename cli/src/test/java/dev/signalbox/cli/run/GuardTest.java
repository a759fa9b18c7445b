package dev.signalbox.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lease of 10 s: half of it has passed in silence, and the permits are ours for 4 s more. */
class GuardTest {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration REMAINING = Duration.ofSeconds(4);
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final FakeAlarms alarms = new FakeAlarms();
  private final List<String> done = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private boolean held = true;
  private Guard guard = guard();

  private Guard guard() {
    Stoppable command =
        new Stoppable() {
          @Override
          public void terminate() {
            done.add("TERM");
          }

          @Override
          public void kill() {
            done.add("KILL");
          }
        };
    return new Guard(alarms, command, LEASE, GRACE, () -> held, said::add);
  }

  @BeforeEach
  void begin() {
    guard.begin(alarms.nanoTime());
  }

  private void passMillis(long millis) {
    alarms.pass(Duration.ofMillis(millis));
  }

  @Test
  void command_isLeftAlone_asLongAsTheServiceAnswers() {
    passMillis(60_000);
    assertThat(done).isEmpty();
    assertThat(guard.hasStopped()).isFalse();
  }

  @Test
  @Rule("L4")
  void command_isToldToEndAndKilled_beforeThePermitsCountAsLost() {
    guard.jeopardy(REMAINING);
    assertThat(said).hasSize(1).first().asString().contains("in 2.0 s", "in 3.5 s");
    passMillis(1_999);
    assertThat(done).isEmpty();
    passMillis(2);
    assertThat(done).containsExactly("TERM");
    passMillis(1_499);
    assertThat(done).containsExactly("TERM", "KILL");
    assertThat(guard.hasStopped()).isTrue();
  }

  @Test
  void command_goesOn_whenTheServiceAnswersInTime() {
    guard.jeopardy(REMAINING);
    passMillis(1_999);
    guard.resumed();
    passMillis(60_000);
    assertThat(done).isEmpty();
    assertThat(guard.hasStopped()).isFalse();
  }

  @Test
  @Rule("L4")
  void command_isWarnedAnew_inTheNextSilence() {
    guard.jeopardy(REMAINING);
    guard.resumed();
    guard.jeopardy(REMAINING);
    passMillis(4_000);
    assertThat(done).containsExactly("TERM", "KILL");
  }

  @Test
  void command_thatWasToldToEnd_hasItsGrace_whenTheServiceAnswersAfterThat() {
    guard.jeopardy(REMAINING);
    passMillis(2_100);
    guard.resumed();
    passMillis(2_999);
    assertThat(done).containsExactly("TERM");
    passMillis(2);
    assertThat(done).containsExactly("TERM", "KILL");
  }

  @Test
  void command_whosePermitsWereTakenAway_isToldToEnd_andKilledAfterItsGrace() {
    guard.lost("hold limit");
    assertThat(done).containsExactly("TERM");
    assertThat(said).first().asString().contains("hold limit");
    passMillis(2_999);
    assertThat(done).containsExactly("TERM");
    guard.lost("session lost");
    guard.resumed();
    passMillis(2);
    assertThat(done).containsExactly("TERM", "KILL");
  }

  @Test
  @Rule("L4")
  void command_whosePermitsAreLostInASilence_isKilledAtOnce() {
    guard.jeopardy(REMAINING);
    passMillis(1_000);
    guard.lost("session lost");
    assertThat(done).containsExactly("KILL");
    passMillis(60_000);
    assertThat(done).containsExactly("KILL");
  }

  @Test
  @Rule("L4")
  void command_isKilledAtOnce_whenTheProcessStoodStillForTooLong_asTheClockTells() {
    alarms.standStill(Duration.ofSeconds(30));
    held = false;
    passMillis(1);
    assertThat(done).containsExactly("KILL");
    guard.lost("session lost");
    assertThat(done).containsExactly("KILL");
  }

  @Test
  @Rule("L4")
  void command_isKilledAtOnce_whenTheProcessStoodStillForTooLong_asTheLossTells() {
    alarms.standStill(Duration.ofSeconds(30));
    held = false;
    guard.lost("session lost");
    assertThat(done).containsExactly("KILL");
  }

  @Test
  @Rule("L4")
  void command_isKilledAtOnce_whenTheProcessStoodStillBeforeTheGuardWasOnDuty() {
    guard = guard();
    held = false;
    alarms.standStill(Duration.ofSeconds(30));
    guard.begin(0);
    assertThat(done).containsExactly("KILL");
  }

  @Test
  void command_goesOn_whenTheProcessStoodStillNotForTooLong() {
    alarms.standStill(Duration.ofSeconds(5));
    passMillis(10_000);
    assertThat(done).isEmpty();
  }

  @Test
  void guard_doesNothingMore_whenTheCommandHasEnded() {
    guard.jeopardy(REMAINING);
    guard.end();
    guard.lost("session lost");
    guard.jeopardy(REMAINING);
    passMillis(60_000);
    assertThat(done).isEmpty();
    assertThat(alarms.isIdle()).isTrue();
  }
}
