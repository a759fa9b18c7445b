package dev.signalbox.systemtests.oracle;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a deviation changes what is expected of a step. */
@FunctionalInterface
interface Change {
  /** The change; empty where the deviation does not touch the step. */
  Optional<Made> of(Situation situation) throws InterruptedException;

  /** None of a step; what it changes is judged when the case is over. */
  static Optional<Made> atTheEnd(Situation situation) {
    return Optional.empty();
  }

  /**
   * A change that is made. When the step has come to what we promise, the service is brought to
   * where the recorded run stands, so that the rest of the case counts.
   *
   * @param expected what the step must come to
   * @param undo takes back what differs
   * @param again then carries the step out in the model's way, to be judged as recorded; null: that
   *     is not needed
   */
  record Made(Expected expected, Undo undo, @Nullable Supplier<Move> again) {
    static Optional<Made> expecting(Expected expected) {
      return Optional.of(new Made(expected, () -> {}, null));
    }

    static Optional<Made> expecting(Expected expected, Undo undo) {
      return Optional.of(new Made(expected, undo, null));
    }
  }

  /** Takes something back. */
  @FunctionalInterface
  interface Undo {
    void run() throws InterruptedException;
  }
}
