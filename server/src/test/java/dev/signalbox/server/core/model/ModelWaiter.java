package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Operation.Mode;
import dev.signalbox.server.core.Result;
import java.util.List;

/** An acquire in the line. */
final class ModelWaiter {
  static final long NEVER = Long.MAX_VALUE;

  final ModelSession session;
  final long number;
  final Operation.Acquire acquire;
  final List<Result.ItemResult> released;
  final long arrival;
  final long arrivedAt;

  /** What it gets is a credit (K1). */
  boolean credit;

  /** The place of its command in the entry that is being applied; -1 once it has waited. */
  int index;

  ModelWaiter(
      ModelSession session,
      long number,
      Operation.Acquire acquire,
      List<Result.ItemResult> released,
      long arrival,
      long arrivedAt,
      int index) {
    this.session = session;
    this.number = number;
    this.acquire = acquire;
    this.released = released;
    this.arrival = arrival;
    this.arrivedAt = arrivedAt;
    this.index = index;
  }

  /** When it times out; one that does not wait is never seen by the clock. */
  long deadline() {
    return acquire.waitMicros() <= 0 ? NEVER : arrivedAt + acquire.waitMicros();
  }

  /** An opportunistic all-of holds up nobody; with one part the mode has no meaning. */
  boolean isFair() {
    return acquire.mode() != Mode.OPPORTUNISTIC_ALL_OF || acquire.parts().size() == 1;
  }

  boolean isAnyOf() {
    return acquire.mode() == Mode.ANY_OF;
  }

  boolean names(String semaphore) {
    return acquire.parts().stream().anyMatch(part -> part.semaphore().equals(semaphore));
  }

  int permitsOf(String semaphore) {
    return acquire.parts().stream()
        .filter(part -> part.semaphore().equals(semaphore))
        .mapToInt(Operation.Part::permits)
        .sum();
  }
}
