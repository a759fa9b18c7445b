package dev.signalbox.server.core.model;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** The line, and how it is served (A3, A4, A5, A8). */
final class Serving {
  private final World world;
  private final Answers answers;
  private final LongFunction<GrantId> newId;

  Serving(World world, Answers answers, LongFunction<GrantId> newId) {
    this.world = world;
    this.answers = answers;
    this.newId = newId;
  }

  /** The earliest waiter that can be served is served, and so on until none can. */
  void serve() {
    for (int i = 0; i < world.waiters.size(); i++) {
      ModelWaiter waiter = world.waiters.get(i);
      List<Integer> parts = servableParts(waiter);
      if (!parts.isEmpty()) {
        world.waiters.remove(waiter);
        answers.answer(waiter, grant(waiter, parts));
        i = -1;
      }
    }
  }

  /** The parts that the waiter would be given now; none if it cannot be served. */
  private List<Integer> servableParts(ModelWaiter waiter) {
    List<Integer> parts =
        IntStream.range(0, waiter.acquire.parts().size())
            .filter(part -> isFirst(waiter, part) && isThere(waiter, part))
            .boxed()
            .toList();
    if (waiter.isAnyOf()) {
      return parts.isEmpty() ? parts : parts.subList(0, 1);
    }
    return parts.size() == waiter.acquire.parts().size() ? parts : List.of();
  }

  private boolean isFirst(ModelWaiter waiter, int part) {
    String semaphore = waiter.acquire.parts().get(part).semaphore();
    boolean lineMatters = !world.existing(semaphore).config.manualReset();
    return !lineMatters
        || world.waiters.stream()
            .noneMatch(w -> w.arrival < waiter.arrival && w.isFair() && w.names(semaphore));
  }

  private boolean isThere(ModelWaiter waiter, int part) {
    Operation.Part wanted = waiter.acquire.parts().get(part);
    return world.existing(wanted.semaphore()).count >= wanted.permits();
  }

  private Result.Granted grant(ModelWaiter waiter, List<Integer> parts) {
    List<Result.GrantedPart> taken = new ArrayList<>();
    List<ModelGrant.Holding> holdings = new ArrayList<>();
    for (int part : parts) {
      Operation.Part wanted = waiter.acquire.parts().get(part);
      ModelSemaphore semaphore = world.existing(wanted.semaphore());
      boolean consumed = waiter.acquire.consume() || (semaphore.isUsedUp() && !waiter.credit);
      List<Slot> slots = slots(semaphore, wanted.permits());
      semaphore.take(wanted.permits(), world.now);
      taken.add(
          new Result.GrantedPart(
              part, semaphore.name, wanted.permits(), consumed, slots, semaphore.abandoned));
      semaphore.abandoned = false;
      if (consumed) {
        semaphore.neverSignalled = false;
      } else {
        holdings.add(new ModelGrant.Holding(semaphore, wanted.permits(), slots));
      }
    }
    if (holdings.isEmpty()) {
      return new Result.Granted(null, world.now, taken, waiter.released);
    }
    ModelGrant grant = hold(waiter, holdings);
    return new Result.Granted(grant.id, world.now, taken, waiter.released);
  }

  private ModelGrant hold(ModelWaiter waiter, List<ModelGrant.Holding> holdings) {
    long limit = waiter.acquire.holdLimitMicros();
    long heldUntil = limit == 0 ? ModelWaiter.NEVER : world.now + limit;
    world.grantsMade++;
    GrantId id = newId.apply(world.grantsMade);
    ModelGrant grant = new ModelGrant(id, waiter.session, heldUntil, List.copyOf(holdings));
    grant.credit = waiter.credit;
    world.grants.add(grant);
    for (ModelGrant.Holding holding : holdings) {
      if (!holding.semaphore().holders.contains(waiter.session)) {
        holding.semaphore().holders.add(waiter.session);
      }
    }
    return grant;
  }

  /** The lowest free slots, each with its next epoch (A8). */
  private List<Slot> slots(ModelSemaphore semaphore, int permits) {
    List<Slot> slots = new ArrayList<>();
    for (int number = 0; semaphore.config.numbered() && slots.size() < permits; number++) {
      if (isFree(semaphore, number)) {
        slots.add(new Slot(number, semaphore.epochs.merge(number, 1L, Long::sum)));
      }
    }
    return slots;
  }

  private boolean isFree(ModelSemaphore semaphore, int number) {
    return world.grants.stream()
        .flatMap(grant -> grant.holdings.stream())
        .filter(holding -> holding.semaphore() == semaphore)
        .flatMap(holding -> holding.slots().stream())
        .noneMatch(slot -> slot.number() == number);
  }
}
