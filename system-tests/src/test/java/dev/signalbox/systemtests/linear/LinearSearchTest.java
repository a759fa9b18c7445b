package dev.signalbox.systemtests.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.systemtests.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The search tells legal histories from corrupted ones. */
class LinearSearchTest {
  private static final Path RECORDED =
      Project.root().resolve("system-tests/src/test/resources/oracle/histories-public.jsonl");

  @TempDir Path folder;

  @Test
  void recordedHistories_ofTheModel_haveALegalOrder() throws Exception {
    List<Concurrent> histories = Concurrent.read(RECORDED);
    assertThat(histories).hasSizeGreaterThan(3);
    assertThat(histories)
        .allSatisfy(history -> assertThat(LinearSearch.violations(history)).isEmpty());
  }

  @Test
  void history_writtenAndRead_isTheSame() throws Exception {
    List<Concurrent> histories = Concurrent.read(RECORDED);
    Path copy = folder.resolve("copy.jsonl");
    Concurrent.write(copy, histories);
    assertThat(Concurrent.read(copy)).isEqualTo(histories);
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedRecordedHistory_forMostCalls_hasNoLegalOrder(Damage damage) throws Exception {
    for (Concurrent history : Concurrent.read(RECORDED)) {
      List<Concurrent> damaged = damage.all(history);
      long found = damaged.stream().filter(LinearSearchTest::isIllegal).count();
      assertThat(found)
          .as("seed %d: found, of %d", history.seed(), damaged.size())
          .isGreaterThanOrEqualTo((damaged.size() + 1) / 4);
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedHistory_ofOneThread_hasNoLegalOrder(Damage damage) {
    int tried = 0;
    for (int seed = 0; seed < 20; seed++) {
      Concurrent history = Alone.history(seed);
      assertThat(LinearSearch.violations(history)).as("seed %d", seed).isEmpty();
      for (Concurrent damaged : damage.all(history)) {
        tried++;
        assertThat(LinearSearch.violations(damaged))
            .as("seed %d, damage %d", seed, tried)
            .isNotEmpty();
      }
    }
    assertThat(tried).isGreaterThan(20);
  }

  @Test
  void unheardCall_mayHaveHappenedOrNot() {
    Attempt release = Attempt.release(0, 0, 1).at(1);
    Attempt found = Attempt.query(1, 0).at(2).seen(1).endedAt(3);
    Attempt notFound = Attempt.query(1, 0).at(2).seen(0).endedAt(3);
    assertThat(LinearSearch.violations(history(1, release, found))).isEmpty();
    assertThat(LinearSearch.violations(history(0, release, notFound))).isEmpty();
    assertThat(LinearSearch.violations(history(1, release, notFound))).isEmpty();
    assertThat(LinearSearch.violations(history(0, release, found))).isNotEmpty();
    assertThat(LinearSearch.violations(history(2, release, found))).isNotEmpty();
  }

  @Test
  void unheardCall_beforeItsBegin_hasNotHappened() {
    Attempt early = Attempt.query(1, 0).at(1).seen(1).endedAt(2);
    Attempt release = Attempt.release(0, 0, 1).at(3);
    assertThat(LinearSearch.violations(history(1, early, release))).isNotEmpty();
  }

  @Test
  void overlappingCalls_mayHaveHappenedInEitherOrder() {
    Attempt release = Attempt.release(0, 0, 1).at(1).released(0).endedAt(4);
    Attempt empty = Attempt.wait(1, 0, 0).at(2).waited(false, null).endedAt(3);
    Attempt late = Attempt.wait(1, 0, 0).at(5).waited(false, null).endedAt(6);
    assertThat(LinearSearch.violations(history(1, release, empty))).isEmpty();
    assertThat(LinearSearch.violations(history(1, release, late))).isNotEmpty();
  }

  private static Concurrent history(int left, Attempt... calls) {
    return new Concurrent(0, 2, 1, 0, 3, List.of(left), List.of(calls));
  }

  private static boolean isIllegal(Concurrent history) {
    return !LinearSearch.violations(history).isEmpty();
  }
}
