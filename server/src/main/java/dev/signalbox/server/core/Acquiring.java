package dev.signalbox.server.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Acquires, drains, credits and cancels (A1 to A7, O7, K1, K2). */
final class Acquiring {
  private final Context context;
  private final Semaphores semaphores;
  private final Candidates candidates;
  private final Serving serving;
  private final Grants grants;

  Acquiring(
      Context context,
      Semaphores semaphores,
      Candidates candidates,
      Serving serving,
      Grants grants) {
    this.context = context;
    this.semaphores = semaphores;
    this.candidates = candidates;
    this.serving = serving;
    this.grants = grants;
  }

  /** Serves the newcomer, lets it wait (null), or refuses it. */
  @Nullable Result acquire(Asker asker, Operation.Acquire acquire) {
    Semaphore only = acquire.parts().size() > 1 ? null : find(acquire.parts().get(0));
    if (only != null && canServeAtOnce(only, asker.session(), acquire)) {
      context.lastArrival++;
      return grants.giveAtOnce(asker.session(), acquire, only);
    }
    Result.Refused refused = check(asker.session(), acquire);
    if (refused != null) {
      return refused;
    }
    Waiter waiter = newcomer(asker, acquire, List.of());
    List<Ticket> tickets = serving.servable(waiter);
    if (!tickets.isEmpty()) {
      return grants.give(waiter, tickets);
    }
    if (acquire.waitMicros() != 0 && serving.waiting() >= context.limits.waiters()) {
      return Refusals.quota("waiters", context.limits.waiters());
    }
    recallCredits(waiter);
    if (acquire.waitMicros() == 0) {
      return nothing();
    }
    serving.queue(waiter, deadline(acquire));
    waiter.index = -1;
    return null;
  }

  /**
   * Whether nothing stands against an acquire of one semaphore, and nobody before it. What does is
   * found out, and said, the long way.
   */
  private boolean canServeAtOnce(Semaphore semaphore, Session session, Operation.Acquire acquire) {
    return semaphore.countAt(context.now) >= acquire.parts().get(0).permits()
        && (semaphore.manualReset || semaphore.firstFairArrival() == Long.MAX_VALUE)
        && (semaphore.slots == null || !acquire.consume())
        && checkGrantQuota(session) == null;
  }

  /**
   * The second half of a release-and-acquire (A6): checked and, like the release, allowed. Always
   * answered by serving.
   */
  void acquireAfterRelease(
      Asker asker, Operation.Acquire acquire, List<Result.ItemResult> released) {
    Waiter waiter = newcomer(asker, acquire, released);
    serving.queue(waiter, deadline(acquire));
    candidates.add(waiter);
    serving.run();
    if (waiter.queued) {
      recallCredits(waiter);
    }
    if (waiter.queued && acquire.waitMicros() == 0) {
      serving.timeOut(waiter);
    }
    waiter.index = -1;
  }

  /** It was not served at once: what lies unused in credits is to come back (K2). */
  private void recallCredits(Waiter waiter) {
    for (Ticket ticket : waiter.tickets) {
      grants.recallCredits(ticket.semaphore);
    }
  }

  private static Result nothing() {
    return new Result.NotGranted(Result.NotGranted.Why.TIMED_OUT, List.of());
  }

  /** Everything that refuses an acquire before the counts are looked at; null if nothing does. */
  Result.@Nullable Refused check(Session session, Operation.Acquire acquire) {
    Result.Refused refused = checkNames(acquire.parts());
    if (refused == null) {
      refused = checkValues(acquire);
    }
    return refused != null ? refused : checkGrantQuota(session);
  }

  /** As {@link #check}, of an acquire that will queue if it is willing to wait. */
  Result.@Nullable Refused checkBeforeRelease(Session session, Operation.Acquire acquire) {
    Result.Refused refused = check(session, acquire);
    if (refused == null
        && acquire.waitMicros() != 0
        && serving.waiting() >= context.limits.waiters()) {
      return Refusals.quota("waiters", context.limits.waiters());
    }
    return refused;
  }

  private Result.@Nullable Refused checkNames(List<Operation.Part> parts) {
    Result.Refused refused = null;
    for (Operation.Part part : parts) {
      if (find(part) == null && refused == null) {
        refused = Refusals.notFound(part.semaphore());
      }
    }
    return refused;
  }

  /** Looks a semaphore up and touches it; null if it is missing. */
  private @Nullable Semaphore find(Operation.Part part) {
    Semaphore semaphore = semaphores.find(part.semaphore());
    if (semaphore != null) {
      semaphore.touch(context.now);
    }
    return semaphore;
  }

  private Result.@Nullable Refused checkValues(Operation.Acquire acquire) {
    for (int i = 0; i < acquire.parts().size(); i++) {
      Operation.Part part = acquire.parts().get(i);
      Semaphore semaphore = semaphores.get(part.semaphore());
      if (part.permits() > semaphore.maxCount && semaphore.maxCount > 0) {
        return Refusals.invalid(
            "parts[" + i + "].permits", "must be at most max_count (" + semaphore.maxCount + ")");
      }
      if (acquire.consume() && semaphore.slots != null) {
        return Refusals.invalid("consume", "must not be set for a numbered semaphore");
      }
    }
    return null;
  }

  private Result.@Nullable Refused checkGrantQuota(Session session) {
    int limit = context.limits.grantsPerSession();
    return session.grants.size() + session.waiters.size() < limit
        ? null
        : Refusals.quota("grants_per_session", limit);
  }

  private Waiter newcomer(
      Asker asker, Operation.Acquire acquire, List<Result.ItemResult> released) {
    Waiter waiter =
        new Waiter(
            ++context.lastArrival, asker.session(), asker.number(), acquire, context.now, released);
    waiter.index = asker.index();
    for (int i = 0; i < waiter.tickets.length; i++) {
      Operation.Part part = acquire.parts().get(i);
      waiter.tickets[i] = new Ticket(waiter, semaphores.get(part.semaphore()), i, part.permits());
    }
    return waiter;
  }

  private long deadline(Operation.Acquire acquire) {
    boolean timed = acquire.waitMicros() > 0;
    return timed ? context.now + acquire.waitMicros() : Long.MAX_VALUE;
  }

  /** Takes whatever is there, as one grant (O7). */
  Result drain(Asker asker, Operation.Drain drain) {
    Semaphore semaphore = semaphores.find(drain.semaphore());
    if (semaphore == null) {
      return Refusals.notFound(drain.semaphore());
    }
    semaphore.touch(context.now);
    if (drain.consume() && semaphore.slots != null) {
      return Refusals.invalid("consume", "must not be set for a numbered semaphore");
    }
    Result.Refused refused = checkGrantQuota(asker.session());
    if (refused != null) {
      return refused;
    }
    if (semaphore.count == 0) {
      return nothing();
    }
    Operation.Part everything = new Operation.Part(drain.semaphore(), semaphore.count);
    Waiter waiter =
        newcomer(
            asker,
            new Operation.Acquire(
                List.of(everything), Operation.Mode.ALL_OF, 0, drain.consume(), 0),
            List.of());
    List<Ticket> tickets = serving.servable(waiter);
    return tickets.isEmpty() ? nothing() : grants.give(waiter, tickets);
  }

  /** Takes what is there and nobody waits for, as a credit (K1). */
  Result takeCredit(Asker asker, Operation.TakeCredit take) {
    Semaphore semaphore = semaphores.find(take.semaphore());
    if (semaphore == null) {
      return Refusals.notFound(take.semaphore());
    }
    semaphore.touch(context.now);
    Result.Refused refused = checkCredit(asker.session(), semaphore);
    if (refused != null) {
      return refused;
    }
    int permits = semaphore.waiting() > 0 ? 0 : Math.min(take.upTo(), semaphore.count);
    if (permits == 0) {
      return nothing();
    }
    Operation.Part part = new Operation.Part(semaphore.name, permits);
    Operation.Acquire acquire =
        new Operation.Acquire(List.of(part), Operation.Mode.ALL_OF, 0, false, 0);
    Waiter waiter = newcomer(asker, acquire, List.of());
    waiter.credit = true;
    return grants.give(waiter, List.of(waiter.tickets));
  }

  /** Why there is no credit of such a semaphore, or for such a session; null if there is. */
  private Result.@Nullable Refused checkCredit(Session session, Semaphore semaphore) {
    if (semaphore.kind != Kind.SEMAPHORE) {
      return Refusals.wrongKind(semaphore);
    }
    if (semaphore.slots != null) {
      return Refusals.invalid("semaphore", "must not be numbered");
    }
    return checkGrantQuota(session);
  }

  /** Sees to it that an acquire of the session holds nothing (A7). */
  Result cancel(Session session, long number) {
    ReplyWindow.Kept request = session.replies.find(number);
    if (request == null) {
      return new Result.Cancelled(Result.Cancelled.Effect.NONE);
    }
    if (request.waiter != null) {
      Waiter waiter = request.waiter;
      serving.complete(
          waiter, new Result.NotGranted(Result.NotGranted.Why.CANCELLED, waiter.released));
      return new Result.Cancelled(Result.Cancelled.Effect.CANCELLED);
    }
    if (!(request.result instanceof Result.Granted granted)) {
      return new Result.Cancelled(Result.Cancelled.Effect.NONE);
    }
    Grant grant = granted.id() == null ? null : grants.find(granted.id());
    if (grant == null) {
      return new Result.Cancelled(Result.Cancelled.Effect.NONE);
    }
    grants.unmake(grant, granted);
    return new Result.Cancelled(Result.Cancelled.Effect.GIVEN_BACK);
  }
}
