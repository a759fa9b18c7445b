package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether each slot of a numbered semaphore had one holder at a time, and epochs that grow. */
final class Slots {
  private final String name;
  private final List<Tenure> tenures;
  private final List<Violation> violations = new ArrayList<>();

  private Slots(String name, List<Tenure> tenures) {
    this.name = name;
    this.tenures = tenures.stream().sorted(Comparator.comparingLong(Tenure::epoch)).toList();
  }

  static List<Violation> check(List<Holding> holdings) {
    Map<String, List<Tenure>> bySlot =
        holdings.stream().flatMap(Tenure::of).collect(Collectors.groupingBy(Tenure::slot));
    return bySlot.entrySet().stream()
        .flatMap(slot -> new Slots(slot.getKey(), slot.getValue()).check().stream())
        .toList();
  }

  private List<Violation> check() {
    checkEpochs();
    checkHolders();
    return violations;
  }

  /** In the order of the epochs each tenure must be another, and possible after all before it. */
  private void checkEpochs() {
    Tenure latest = tenures.get(0);
    for (int i = 1; i < tenures.size(); i++) {
      Tenure before = tenures.get(i - 1);
      Tenure next = tenures.get(i);
      if (before.epoch() == next.epoch()) {
        report(Kind.STALE_EPOCH, before, next);
      } else if (next.ended() < latest.begun()) {
        report(Kind.STALE_EPOCH, latest, next);
      }
      latest = latest.begun() > next.begun() ? latest : next;
    }
  }

  private void checkHolders() {
    List<Tenure> byTime =
        tenures.stream().sorted(Comparator.comparingLong(t -> t.holding().from())).toList();
    Tenure longest = byTime.get(0);
    for (Tenure next : byTime.subList(1, byTime.size())) {
      if (longest.holding().overlaps(next.holding())) {
        report(Kind.SLOT_SHARED, longest, next);
      }
      longest = longest.holding().until() > next.holding().until() ? longest : next;
    }
  }

  private void report(Kind kind, Tenure one, Tenure other) {
    String epochs = ", epochs " + one.epoch() + " and " + other.epoch();
    violations.add(
        new Violation(kind, name + epochs, one.holding().call(), other.holding().call()));
  }

  private record Tenure(String slot, long epoch, Holding holding) {
    static Stream<Tenure> of(Holding holding) {
      List<Integer> slots = holding.part().slots();
      return IntStream.range(0, Math.min(slots.size(), holding.part().epochs().size()))
          .mapToObj(i ->
              new Tenure(
                  holding.part().semaphore() + " slot " + slots.get(i),
                  holding.part().epochs().get(i),
                  holding));
    }

    long begun() {
      return holding.call().begun();
    }

    long ended() {
      return holding.call().ended();
    }
  }
}
