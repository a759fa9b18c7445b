package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The movements of permits in one release (R3), one release after the other. Counts move at once,
 * so that each item sees what the ones before it did; holdings are taken apart, slots freed and
 * waiters looked at only on commit, so that everything can be undone.
 */
final class Steps {
  private record Step(
      Semaphore semaphore,
      int count,
      long debt,
      long fraction,
      @Nullable Holding holding,
      int permits,
      List<Slot> slots,
      List<Slot> freed) {}

  private final Grants grants;
  private final List<Step> steps = new ArrayList<>();

  Steps(Grants grants) {
    this.grants = grants;
  }

  void signal(Semaphore semaphore, int permits) {
    steps.add(step(semaphore, null, permits, List.of()));
    semaphore.putBack(permits);
  }

  /** Puts back some permits of a holding: the named slots, or the highest ones. */
  void putBack(Holding holding, int permits, List<Integer> named) {
    takeOut(holding, permits, named);
    holding.account.semaphore.putBack(permits);
  }

  /** Puts back all of a holding, without a word of how much of it is unused (K7). */
  void putBackWhole(Holding holding) {
    int permits = holding.permits;
    takeOut(holding, permits, List.of());
    holding.account.semaphore.putBackWhole(permits);
  }

  private void takeOut(Holding holding, int permits, List<Integer> named) {
    Semaphore semaphore = holding.account.semaphore;
    List<Slot> freed =
        named.isEmpty() ? highest(holding.slots, permits) : named(holding.slots, named);
    steps.add(step(semaphore, holding, permits, freed));
    grants.reduce(holding, permits, without(holding.slots, freed));
  }

  private static Step step(
      Semaphore semaphore, @Nullable Holding holding, int permits, List<Slot> freed) {
    long fraction = semaphore.refill == null ? 0 : semaphore.refill.fraction;
    List<Slot> slots = holding == null ? List.of() : holding.slots;
    return new Step(
        semaphore, semaphore.count, semaphore.debt, fraction, holding, permits, slots, freed);
  }

  /** Undoes everything, the last step first. */
  void undo() {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      step.semaphore.count = step.count;
      step.semaphore.debt = step.debt;
      if (step.semaphore.refill != null) {
        step.semaphore.refill.fraction = step.fraction;
      }
      if (step.holding != null) {
        grants.reduce(step.holding, -step.permits, step.slots);
      }
    }
    steps.clear();
  }

  /**
   * Makes it final. Whoever might be served now becomes a candidate; an event that was set already
   * serves nobody more.
   */
  void commit(Candidates candidates) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (step.semaphore.slots != null) {
        step.semaphore.slots.free(step.freed);
      }
      if (step.holding != null) {
        grants.settle(step.holding);
      }
      if (!step.semaphore.manualReset || step.count == 0) {
        candidates.mark(step.semaphore);
      }
    }
    steps.clear();
  }

  private static List<Slot> highest(List<Slot> slots, int permits) {
    return slots.isEmpty() ? slots : slots.subList(slots.size() - permits, slots.size());
  }

  private static List<Slot> named(List<Slot> slots, List<Integer> numbers) {
    Set<Integer> named = Set.copyOf(numbers);
    return slots.stream().filter(slot -> named.contains(slot.number())).toList();
  }

  private static List<Slot> without(List<Slot> slots, List<Slot> freed) {
    if (slots.isEmpty()) {
      return slots;
    }
    Set<Slot> gone = Set.copyOf(freed);
    return slots.stream().filter(slot -> !gone.contains(slot)).toList();
  }
}
