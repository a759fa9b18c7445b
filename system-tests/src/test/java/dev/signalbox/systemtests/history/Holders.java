package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Whether a semaphore certainly had more holders than max at any moment. */
final class Holders {
  private final Line.Semaphore semaphore;
  private final PriorityQueue<Holding> present =
      new PriorityQueue<>(Comparator.comparingLong(Holding::until));
  private final List<Violation> violations = new ArrayList<>();
  private int permits;

  private Holders(Line.Semaphore semaphore) {
    this.semaphore = semaphore;
  }

  static List<Violation> check(History history, List<Holding> holdings) {
    return history.semaphores().values().stream()
        .flatMap(semaphore -> new Holders(semaphore).check(holdings).stream())
        .toList();
  }

  private List<Violation> check(List<Holding> holdings) {
    holdings.stream()
        .filter(holding -> holding.part().semaphore().equals(semaphore.name()))
        .filter(holding -> holding.from() < holding.until())
        .sorted(Comparator.comparingLong(Holding::from))
        .forEach(this::enter);
    return violations;
  }

  private void enter(Holding holding) {
    leaveBy(holding.from());
    present.add(holding);
    permits += holding.part().permits();
    if (permits > semaphore.max()) {
      violations.add(tooMany());
    }
  }

  private void leaveBy(long moment) {
    for (Holding first = present.peek();
        first != null && first.until() <= moment;
        first = present.peek()) {
      permits -= present.remove().part().permits();
    }
  }

  private Violation tooMany() {
    return new Violation(
        Kind.TOO_MANY_HOLDERS,
        permits + " permits of " + semaphore.name() + ", which has " + semaphore.max(),
        present.stream().map(Holding::call).toList());
  }
}
