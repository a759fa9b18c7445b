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

  /** In the order of the epochs each tenure must be possible after all before it. */
  private List<Violation> check() {
    Tenure last = tenures.get(0);
    for (Tenure next : tenures.subList(1, tenures.size())) {
      if (last.epoch() == next.epoch() || next.ended() < last.begun()) {
        report(Kind.STALE_EPOCH, last, next);
      } else if (last.holding().overlaps(next.holding())) {
        report(Kind.SLOT_SHARED, last, next);
      }
      last = last.begun() > next.begun() ? last : next;
    }
    return violations;
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
          .mapToObj(
              i ->
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
