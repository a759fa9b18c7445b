package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Whether the previous counts of grants given back leave room for what others certainly held all
 * the while.
 */
final class PreviousCounts {
  private final History history;
  private final Map<String, List<Holding>> bySemaphore = new HashMap<>();
  private final Map<String, List<Holding>> byGrant = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private PreviousCounts(History history) {
    this.history = history;
  }

  static List<Violation> check(History history, List<Holding> holdings) {
    PreviousCounts check = new PreviousCounts(history);
    holdings.forEach(check::note);
    history.calls().forEach(check::check);
    return check.violations;
  }

  private void note(Holding holding) {
    String grant = Objects.requireNonNull(holding.call().got()).grant();
    byGrant.computeIfAbsent(grant, g -> new ArrayList<>()).add(holding);
    bySemaphore.computeIfAbsent(holding.part().semaphore(), s -> new ArrayList<>()).add(holding);
  }

  private void check(Call call) {
    for (int i = 0; i < call.outcome().gave().size(); i++) {
      String grant = call.ask().gives().get(i).grant();
      if (grant != null) {
        check(call, byGrant.getOrDefault(grant, List.of()), call.outcome().gave().get(i));
      }
    }
  }

  private void check(Call call, List<Holding> given, Outcome.Gave gave) {
    int counts = Math.min(given.size(), gave.previous().size());
    for (int i = 0; i < counts; i++) {
      Holding holding = given.get(i);
      Line.Semaphore semaphore = history.semaphores().get(holding.part().semaphore());
      int previous = gave.previous().get(i);
      if (semaphore != null && (previous < 0 || previous > room(call, holding, semaphore.max()))) {
        String what = "previous count " + previous + " of " + semaphore.name();
        violations.add(new Violation(Kind.IMPOSSIBLE_COUNT, what, holding.call(), call));
      }
    }
  }

  private int room(Call call, Holding own, int max) {
    int others =
        bySemaphore.getOrDefault(own.part().semaphore(), List.of()).stream()
            .filter(other -> other.covers(call.begun(), call.ended()))
            .filter(other -> !other.call().equals(own.call()))
            .mapToInt(other -> other.part().permits())
            .sum();
    return max - own.part().permits() - others;
  }
}
