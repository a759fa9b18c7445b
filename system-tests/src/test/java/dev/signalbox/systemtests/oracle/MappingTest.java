package dev.signalbox.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.systemtests.Project;
import dev.signalbox.systemtests.oracle.CaseResult.Outcome;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Cases written after the rules of the model, for the operations and the deviations that the
 * recorded runs leave out.
 */
class MappingTest {
  private static final Path CASES =
      Project.root().resolve("system-tests/src/test/resources/oracle/mappings.json");

  private static Report report = new Report("", List.of());

  @BeforeAll
  static void replay() throws Exception {
    report = Replay.of(CASES);
    System.out.println(report.table());
  }

  @Test
  void everyOperation_replayed_comesOutAsTheRulesSay() {
    assertThat(report.failures()).isEmpty();
    assertThat(report.with(Outcome.PASSED)).hasSizeGreaterThan(25);
  }

  @Test
  void caseOfOneProcess_isSkipped() {
    assertThat(report.with(Outcome.SKIPPED))
        .extracting(CaseResult::name)
        .containsExactly("in-one-process-only");
  }

  @Test
  void everyDeviation_butThatOfLongNames_isNeeded() {
    assertThat(report.deviations())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(Deviation.NAME_LENGTH)));
  }
}
