package dev.signalbox.server.core.model;

import static dev.signalbox.server.core.model.World.refuseBeyond;
import static dev.signalbox.server.core.model.World.refuseIf;

import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Operation.Mode;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.Result.Cancelled.Effect;
import dev.signalbox.server.core.Result.NotGranted.Why;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Acquires of every form, and their end without a grant (A1, A2, A6, A7, O7). */
final class Acquires {
  private final World world;
  private final Answers answers;
  private final Serving serving;
  private final Releases releases;

  Acquires(World world, Answers answers, Serving serving, Releases releases) {
    this.world = world;
    this.answers = answers;
    this.serving = serving;
    this.releases = releases;
  }

  /** Checks everything but the counts, in the contract's order. */
  void check(ModelSession session, Operation.Acquire acquire) {
    acquire.parts().forEach(part -> world.lookUp(part.semaphore(), -1));
    for (int i = 0; i < acquire.parts().size(); i++) {
      Operation.Part part = acquire.parts().get(i);
      ModelSemaphore semaphore = world.existing(part.semaphore());
      refuseIf(
          semaphore.max() > 0 && part.permits() > semaphore.max(),
          Refusal.INVALID_FIELD,
          "parts[" + i + "].permits",
          "");
      refuseIf(
          acquire.consume() && semaphore.config.numbered(), Refusal.INVALID_FIELD, "consume", "");
    }
    checkGrants(session);
  }

  private void checkGrants(ModelSession session) {
    int limit = world.limits.grantsPerSession();
    int mine = world.grantsOf(session).size() + world.waitersOf(session).size();
    refuseBeyond(mine >= limit, "grants_per_session", limit);
  }

  /** One more may wait, or a refusal. */
  void checkWaiters() {
    refuseBeyond(world.waiters.size() >= world.limits.waiters(), "waiters", world.limits.waiters());
  }

  /** Takes its place in the line, is served if it can be, and otherwise waits if it is willing. */
  void acquire(int index, ModelSession session, long number, Operation.Acquire acquire) {
    check(session, acquire);
    ModelWaiter waiter = queue(index, session, number, acquire, List.of());
    serving.serve();
    if (world.waiters.contains(waiter) && acquire.waitMicros() != 0) {
      world.waiters.remove(waiter);
      checkWaiters();
      world.waiters.add(waiter);
    }
    recallCredits(waiter);
    settle(waiter);
  }

  /** A6: the acquire is checked, the release is done, the acquire queues, the line is served. */
  void releaseAndAcquire(
      int index, ModelSession session, long number, Operation.ReleaseAndAcquire both) {
    check(session, both.acquire());
    if (both.acquire().waitMicros() != 0) {
      checkWaiters();
    }
    String beside = both.acquire().parts().get(0).semaphore();
    List<Result.ItemResult> released = releases.release(session, both.release(), beside);
    ModelWaiter waiter = queue(index, session, number, both.acquire(), released);
    serving.serve();
    recallCredits(waiter);
    settle(waiter);
  }

  /** K2: it was not served at once. */
  private void recallCredits(ModelWaiter waiter) {
    if (world.waiters.contains(waiter)) {
      waiter.acquire.parts().forEach(part -> world.recallCredits(part.semaphore()));
    }
  }

  /** K1: what is there, if nobody waits. */
  void takeCredit(int index, ModelSession session, long number, Operation.TakeCredit take) {
    ModelSemaphore semaphore = world.lookUp(take.semaphore(), -1);
    refuseIf(semaphore.config.kind() != Kind.SEMAPHORE, Refusal.WRONG_KIND, semaphore.name, "");
    refuseIf(semaphore.config.numbered(), Refusal.INVALID_FIELD, "semaphore", "");
    checkGrants(session);
    int permits = Math.min(take.upTo(), semaphore.count);
    if (permits == 0 || !world.waitersOn(semaphore).isEmpty()) {
      answers.answer(index, session, number, new Result.NotGranted(Why.TIMED_OUT, List.of()));
      return;
    }
    List<Operation.Part> part = List.of(new Operation.Part(semaphore.name, permits));
    Operation.Acquire acquire = new Operation.Acquire(part, Mode.ALL_OF, 0, false, 0);
    queue(index, session, number, acquire, List.of()).credit = true;
    serving.serve();
  }

  /** O7: an acquire of whatever there is, unwilling to wait. */
  void drain(int index, ModelSession session, long number, Operation.Drain drain) {
    ModelSemaphore semaphore = world.lookUp(drain.semaphore(), -1);
    refuseIf(drain.consume() && semaphore.config.numbered(), Refusal.INVALID_FIELD, "consume", "");
    checkGrants(session);
    Operation.Part all = new Operation.Part(semaphore.name, Math.max(1, semaphore.count));
    Operation.Acquire acquire =
        new Operation.Acquire(List.of(all), Mode.ALL_OF, 0, drain.consume(), 0);
    ModelWaiter waiter = queue(index, session, number, acquire, List.of());
    serving.serve();
    settle(waiter);
  }

  private ModelWaiter queue(
      int index,
      ModelSession session,
      long number,
      Operation.Acquire acquire,
      List<Result.ItemResult> released) {
    world.arrivals++;
    ModelWaiter waiter =
        new ModelWaiter(session, number, acquire, released, world.arrivals, world.now, index);
    world.waiters.add(waiter);
    return waiter;
  }

  private void settle(ModelWaiter waiter) {
    if (!world.waiters.contains(waiter)) {
      return;
    }
    if (waiter.acquire.waitMicros() == 0) {
      leave(waiter, Why.TIMED_OUT);
    } else {
      answers.defer(waiter);
    }
  }

  /** It leaves the line with nothing. */
  void leave(ModelWaiter waiter, Why why) {
    world.waiters.remove(waiter);
    answers.answer(waiter, new Result.NotGranted(why, waiter.released));
  }

  /** A7. */
  Effect cancel(ModelSession session, long number) {
    ModelWaiter waiter = waiter(session, number);
    if (waiter != null) {
      leave(waiter, Why.CANCELLED);
      return Effect.CANCELLED;
    }
    Result reply = session.window.kept.get(number);
    if (reply instanceof Result.Granted granted && granted.id() != null) {
      return undo(granted) ? Effect.GIVEN_BACK : Effect.NONE;
    }
    return Effect.NONE;
  }

  /** Gives it back; whoever comes next is told what this one was told (M3). */
  private boolean undo(Result.Granted granted) {
    ModelGrant grant = world.grant(Objects.requireNonNull(granted.id()));
    if (grant == null) {
      return false;
    }
    for (Result.GrantedPart part : granted.parts()) {
      ModelGrant.Holding holding = grant.holding(part.semaphore());
      if (part.abandoned() && holding != null) {
        holding.semaphore().abandoned = true;
      }
    }
    releases.giveBackAll(grant);
    return true;
  }

  private @Nullable ModelWaiter waiter(ModelSession session, long number) {
    return world.waitersOf(session).stream()
        .filter(w -> w.number == number)
        .findFirst()
        .orElse(null);
  }
}
