package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Semaphores come, change and go (O1 to O6). */
final class Configuring {
  private final Context context;
  private final Semaphores semaphores;
  private final Candidates candidates;
  private final Refills refills;
  private final Serving serving;
  private final Grants grants;

  Configuring(
      Context context,
      Semaphores semaphores,
      Candidates candidates,
      Refills refills,
      Serving serving,
      Grants grants) {
    this.context = context;
    this.semaphores = semaphores;
    this.candidates = candidates;
    this.refills = refills;
    this.serving = serving;
    this.grants = grants;
  }

  Result create(Operation.CreateSemaphore create) {
    Semaphore existing = semaphores.find(create.name());
    if (existing != null) {
      existing.touch(context.now);
      return openExisting(existing, create);
    }
    if (semaphores.size() >= context.limits.semaphores()) {
      return Refusals.quota("semaphores", context.limits.semaphores());
    }
    Semaphore semaphore =
        new Semaphore(
            ++context.lastSemaphore,
            create.name(),
            create.config(),
            create.initialCount(),
            context.now);
    semaphores.add(semaphore);
    watchIdle(semaphore);
    return new Result.SemaphoreResult(false, view(semaphore));
  }

  private Result openExisting(Semaphore existing, Operation.CreateSemaphore create) {
    SemaphoreConfig wanted = create.config();
    SemaphoreConfig present = existing.config();
    if (wanted.kind() != present.kind()) {
      return Refusals.wrongKind(existing);
    }
    boolean same = wanted.equals(present);
    if (same || create.ifExists() == IfExists.OPEN) {
      return new Result.SemaphoreResult(true, view(existing));
    }
    if (create.ifExists() == IfExists.FAIL || !canBecome(present, wanted)) {
      return new Result.Refused(Refusal.SEMAPHORE_EXISTS, existing.name, "");
    }
    change(existing, wanted.maxCount(), wanted.refill(), wanted.idleTtlMicros());
    return new Result.SemaphoreResult(true, view(existing));
  }

  private static boolean canBecome(SemaphoreConfig present, SemaphoreConfig wanted) {
    return present.ownerOnly() == wanted.ownerOnly()
        && present.numbered() == wanted.numbered()
        && present.manualReset() == wanted.manualReset()
        && (present.refill() == null) == (wanted.refill() == null);
  }

  Result open(Operation.OpenSemaphore open) {
    Semaphore semaphore = semaphores.find(open.name());
    if (semaphore == null) {
      return Refusals.notFound(open.name());
    }
    semaphore.touch(context.now);
    return semaphore.kind == open.kind()
        ? new Result.SemaphoreResult(true, view(semaphore))
        : Refusals.wrongKind(semaphore);
  }

  Result update(Operation.UpdateSemaphore update) {
    Semaphore semaphore = semaphores.find(update.name());
    if (semaphore == null) {
      return Refusals.notFound(update.name());
    }
    semaphore.touch(context.now);
    int unchanged = Operation.UpdateSemaphore.UNCHANGED;
    if (semaphore.kind != Kind.SEMAPHORE && update.maxCount() != unchanged) {
      return Refusals.invalid("max_count", "is fixed for a mutex or an event");
    }
    if (semaphore.slots != null && update.maxCount() > SemaphoreConfig.MAX_NUMBERED) {
      return Refusals.invalid(
          "max_count", "must be at most " + SemaphoreConfig.MAX_NUMBERED + " if numbered");
    }
    if (update.refill() != null && semaphore.refill == null) {
      return Refusals.invalid("refill", "must not be set on a semaphore that does not refill");
    }
    int maxCount = update.maxCount() == unchanged ? semaphore.maxCount : update.maxCount();
    long idleTtl =
        update.idleTtlMicros() == unchanged ? semaphore.idleTtl() : update.idleTtlMicros();
    change(semaphore, maxCount, update.refill(), idleTtl);
    return new Result.SemaphoreResult(true, view(semaphore));
  }

  private void change(Semaphore semaphore, int maxCount, @Nullable Refill rate, long idleTtl) {
    if (semaphore.refill != null && rate != null && !rate.equals(semaphore.refill.rate)) {
      semaphore.refill.change(rate, context.now);
      grants.recallCredits(semaphore);
    }
    if (maxCount != semaphore.maxCount) {
      boolean lower = maxCount < semaphore.maxCount;
      semaphore.resize(maxCount);
      recallAfterResize(semaphore, lower);
    }
    if (idleTtl != semaphore.idleTtl()) {
      changeIdleTtl(semaphore, idleTtl);
    }
    candidates.mark(semaphore);
  }

  /** What lies unused in credits comes back: it pays the debt (O6, K2), or is too much (K7). */
  private void recallAfterResize(Semaphore semaphore, boolean lower) {
    if (semaphore.debt > 0 || (lower && semaphore.refill != null)) {
      grants.recallCredits(semaphore);
    }
  }

  private void changeIdleTtl(Semaphore semaphore, long idleTtl) {
    if (semaphore.idle != null) {
      context.timers.cancel(semaphore.idle);
    }
    semaphore.idle = idleTtl == 0 ? null : new IdleClock(semaphore, idleTtl, context.now);
    watchIdle(semaphore);
  }

  private void watchIdle(Semaphore semaphore) {
    IdleClock idle = semaphore.idle;
    if (idle != null) {
      context.timers.schedule(idle, idle.nextCheck(context.now));
    }
  }

  /** Deletes the semaphore if it has been idle for its time, or looks again later (O5). */
  void idleCheckDue(IdleClock idle) {
    if (idle.semaphore.isInUse() || idle.nextCheck(context.now) > context.now) {
      watchIdle(idle.semaphore);
    } else {
      remove(idle.semaphore);
    }
  }

  Result delete(Operation.DeleteSemaphore delete) {
    Semaphore semaphore = semaphores.find(delete.name());
    if (semaphore == null) {
      return Refusals.notFound(delete.name());
    }
    semaphore.touch(context.now);
    if (delete.kind() != null && semaphore.kind != delete.kind()) {
      return Refusals.wrongKind(semaphore);
    }
    if (semaphore.isInUse() && !delete.force()) {
      return new Result.Refused(Refusal.SEMAPHORE_IN_USE, semaphore.name, "");
    }
    remove(semaphore);
    return Result.Done.INSTANCE;
  }

  private void remove(Semaphore semaphore) {
    Crowd crowd = semaphore.crowdIfAny();
    if (crowd != null) {
      for (Waiter waiter : waiters(crowd)) {
        serving.complete(waiter, Refusals.notFound(semaphore.name));
      }
      holdings(crowd).forEach(grants::revoke);
    }
    semaphores.remove(semaphore);
    refills.drop(semaphore);
    if (semaphore.idle != null) {
      context.timers.cancel(semaphore.idle);
    }
  }

  /** All who wait there, in the order of arrival. */
  private static List<Waiter> waiters(Crowd crowd) {
    TreeMap<Long, Waiter> byArrival = new TreeMap<>();
    for (Ticket ticket = crowd.fair.first(); ticket != null; ticket = crowd.fair.after(ticket)) {
      byArrival.put(ticket.waiter.arrival, ticket.waiter);
    }
    for (Ticket ticket = crowd.opportunistic.first();
        ticket != null;
        ticket = crowd.opportunistic.after(ticket)) {
      byArrival.put(ticket.waiter.arrival, ticket.waiter);
    }
    return List.copyOf(byArrival.values());
  }

  /** All that is held there, in the order of granting. */
  private static List<Holding> holdings(Crowd crowd) {
    List<Holding> all = new ArrayList<>();
    for (Account account = crowd.holders.first();
        account != null;
        account = crowd.holders.after(account)) {
      for (Holding held = account.holdings.first();
          held != null;
          held = account.holdings.after(held)) {
        all.add(held);
      }
    }
    all.sort(Comparator.comparingLong((Holding holding) -> holding.grant.id.sequence()));
    return all;
  }

  private SemaphoreView view(Semaphore semaphore) {
    return Views.of(semaphore, context.now, 0);
  }
}
