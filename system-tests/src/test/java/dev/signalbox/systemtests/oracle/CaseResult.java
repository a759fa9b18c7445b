package dev.signalbox.systemtests.oracle;

import java.util.List;

/**
 * What came of one case.
 *
 * @param name of the case
 * @param title what it shows
 * @param outcome passed, failed or skipped
 * @param why it failed or was skipped; empty if it passed
 * @param deviations that changed what was expected of a step
 */
record CaseResult(
    String name, String title, Outcome outcome, String why, List<Deviation> deviations) {
  /** How a case can come out. */
  enum Outcome {
    PASSED,
    FAILED,
    SKIPPED
  }
}
