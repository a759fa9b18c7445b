package dev.signalbox.systemtests.oracle;

import java.util.Map;
import java.util.TreeMap;

/** How one operation of the trace is carried out through the SDK. */
@FunctionalInterface
interface Mapping {
  /** The step as a move of ours; it is not begun. */
  Move map(Scene scene, Step step);

  /** Every operation that can be replayed, by its name in the trace. */
  Map<String, Mapping> ALL = all();

  private static Map<String, Mapping> all() {
    Map<String, Mapping> all = new TreeMap<>();
    all.putAll(SemaphoreOps.ALL);
    all.putAll(EventOps.ALL);
    all.putAll(WaitOps.ALL);
    all.putAll(LifeOps.ALL);
    all.putAll(PoolOps.ALL);
    all.putAll(ReturnOps.ALL);
    all.putAll(WorkOps.ALL);
    all.putAll(PoolWaitOps.ALL);
    return Map.copyOf(all);
  }

  /**
   * Carries a step out as a move.
   *
   * @throws UnsupportedOperationException if the operation is unknown
   */
  static Move of(Scene scene, Step step) {
    Mapping mapping = ALL.get(step.op());
    if (mapping == null) {
      throw new UnsupportedOperationException("cannot be mapped");
    }
    return mapping.map(scene, step);
  }
}
