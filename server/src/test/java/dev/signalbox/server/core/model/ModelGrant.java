package dev.signalbox.server.core.model;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grant that is held. */
final class ModelGrant {
  final GrantId id;
  final ModelSession session;
  final long heldUntil;
  List<Holding> holdings;
  boolean credit;
  boolean recalled;

  ModelGrant(GrantId id, ModelSession session, long heldUntil, List<Holding> holdings) {
    this.id = id;
    this.session = session;
    this.heldUntil = heldUntil;
    this.holdings = holdings;
  }

  /** What it holds of one semaphore; the slots, if it is numbered, ascending. */
  record Holding(ModelSemaphore semaphore, int permits, List<Slot> slots) {
    /** The rest after giving back the highest slots, or just so many permits. */
    Holding without(int fewer) {
      int left = permits - fewer;
      return new Holding(semaphore, left, slots.isEmpty() ? slots : slots.subList(0, left));
    }

    /** The rest after giving back these slots. */
    Holding without(List<Integer> gone) {
      List<Slot> left = slots.stream().filter(slot -> !gone.contains(slot.number())).toList();
      return new Holding(semaphore, left.size(), left);
    }
  }

  @Nullable Holding holding(ModelSemaphore semaphore) {
    return holdings.stream().filter(h -> h.semaphore() == semaphore).findFirst().orElse(null);
  }

  @Nullable Holding holding(String name) {
    return holdings.stream().filter(h -> h.semaphore().name.equals(name)).findFirst().orElse(null);
  }

  int permitsOf(ModelSemaphore semaphore) {
    Holding holding = holding(semaphore);
    return holding == null ? 0 : holding.permits();
  }
}
