package dev.signalbox.systemtests.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker is told legal histories from corrupted ones. */
class CheckerTest {
  private static final int CALLS = 80;
  private static final int MOST_OF_ONE_SEED = 15;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void legalHistories_areLegal(int threads) {
    for (int seed = 0; seed < 150; seed++) {
      History history = SimulatedRun.of(seed, threads, CALLS, false);
      assertThat(Checker.check(history)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void legalHistoriesWithUnknownOutcomes_areLegal(int threads) {
    for (int seed = 0; seed < 150; seed++) {
      History history = SimulatedRun.of(seed, threads, CALLS, true);
      assertThat(history.calls()).anyMatch(call -> call.outcome().isUnknown());
      assertThat(Checker.check(history)).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Corruption.class)
  void corruptedHistories_areFoundOut(Corruption corruption) {
    int tried = 0;
    for (int seed = 0; seed < 20; seed++) {
      History history = SimulatedRun.of(seed, corruption.threads(), CALLS, false);
      for (History corrupted : someOf(corruption.all(history))) {
        tried++;
        assertThat(Checker.check(corrupted))
            .as("seed %d, corruption %d", seed, tried)
            .anyMatch(violation -> violation.kind() == corruption.found());
      }
    }
    assertThat(tried).as("corruptions tried").isGreaterThanOrEqualTo(8);
  }

  @Test
  void lostSession_excusesItsGrants_andNoOthers() {
    History history = SimulatedRun.of(1, 1, CALLS, false);
    History forgotten = Corruption.GRANT_FORGOTTEN.all(history).get(0);
    assertThat(Checker.check(withLoss(forgotten, "p")))
        .noneMatch(violation -> violation.kind() == Violation.Kind.GRANT_LOST);
    assertThat(Checker.check(withLoss(forgotten, "another")))
        .anyMatch(violation -> violation.kind() == Violation.Kind.GRANT_LOST);
  }

  private static List<History> someOf(List<History> histories) {
    return histories.subList(0, Math.min(histories.size(), MOST_OF_ONE_SEED));
  }

  private static History withLoss(History history, String process) {
    Line.Session lost = new Line.Session(Long.MAX_VALUE, process, "lost");
    return new History(
        history.semaphores(), history.calls(), history.held(), List.of(lost), history.ends());
  }
}
