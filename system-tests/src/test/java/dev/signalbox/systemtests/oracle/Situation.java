package dev.signalbox.systemtests.oracle;

import java.util.List;

/**
 * Where a case stands right before a step.
 *
 * @param scene as it is
 * @param step about to be taken
 * @param expected what it must come to, as far as is known
 */
record Situation(Scene scene, Step step, Expected expected) {
  Args args() {
    return step.args();
  }

  boolean isOp(String... ops) {
    return List.of(ops).contains(step.op());
  }
}
