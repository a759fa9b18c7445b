package dev.signalbox.server.core.model;

import static dev.signalbox.server.core.model.World.refuseBeyond;
import static dev.signalbox.server.core.model.World.refuseIf;

import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refill;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.model.ModelGrant.Holding;
import java.util.List;

/** Creating, opening, changing and deleting (O1 to O6). */
final class Semaphores {
  private final World world;
  private final Answers answers;
  private final Releases releases;
  private final Views views;

  Semaphores(World world, Answers answers, Releases releases, Views views) {
    this.world = world;
    this.answers = answers;
    this.releases = releases;
    this.views = views;
  }

  Result create(Operation.CreateSemaphore create) {
    ModelSemaphore old = world.semaphore(create.name());
    if (old != null) {
      return openExisting(old, create);
    }
    int limit = world.limits.semaphores();
    refuseBeyond(world.semaphores.size() >= limit, "semaphores", limit);
    world.semaphoresMade++;
    ModelSemaphore semaphore =
        new ModelSemaphore(
            create.name(), world.semaphoresMade, create.config(), create.initialCount(), world.now);
    semaphore.lastActive = world.now;
    world.semaphores.add(semaphore);
    return result(false, semaphore);
  }

  private Result openExisting(ModelSemaphore old, Operation.CreateSemaphore create) {
    SemaphoreConfig wanted = create.config();
    checkKind(old, wanted.kind());
    if (old.config.equals(wanted) || create.ifExists() == IfExists.OPEN) {
      return result(true, old);
    }
    refuseIf(
        create.ifExists() == IfExists.FAIL || isOfAnotherSort(old.config, wanted),
        Refusal.SEMAPHORE_EXISTS,
        old.name,
        "");
    resize(old, wanted.maxCount());
    if (wanted.refill() != null) {
      changeRefill(old, wanted.refill());
    }
    old.changeIdleTtl(wanted.idleTtlMicros());
    return result(true, old);
  }

  private static boolean isOfAnotherSort(SemaphoreConfig one, SemaphoreConfig other) {
    return one.ownerOnly() != other.ownerOnly()
        || one.numbered() != other.numbered()
        || one.manualReset() != other.manualReset()
        || (one.refill() == null) != (other.refill() == null);
  }

  Result open(Operation.OpenSemaphore open) {
    ModelSemaphore semaphore = world.lookUp(open.name(), -1);
    checkKind(semaphore, open.kind());
    return result(true, semaphore);
  }

  private static void checkKind(ModelSemaphore semaphore, Kind wanted) {
    Kind kind = semaphore.config.kind();
    refuseIf(kind != wanted, Refusal.WRONG_KIND, semaphore.name, kind.name());
  }

  Result update(Operation.UpdateSemaphore update) {
    ModelSemaphore semaphore = world.lookUp(update.name(), -1);
    Refill refill = update.refill();
    refuseIf(
        semaphore.config.kind() != Kind.SEMAPHORE && update.maxCount() >= 0,
        Refusal.INVALID_FIELD,
        "max_count",
        "");
    refuseIf(
        semaphore.config.numbered() && update.maxCount() > SemaphoreConfig.MAX_NUMBERED,
        Refusal.INVALID_FIELD,
        "max_count",
        "");
    refuseIf(refill != null && !semaphore.refills(), Refusal.INVALID_FIELD, "refill", "");
    if (update.maxCount() >= 0) {
      resize(semaphore, update.maxCount());
    }
    if (refill != null) {
      changeRefill(semaphore, refill);
    }
    if (update.idleTtlMicros() >= 0) {
      semaphore.changeIdleTtl(update.idleTtlMicros());
    }
    return result(true, semaphore);
  }

  private void resize(ModelSemaphore semaphore, int max) {
    boolean changes = semaphore.max() != max;
    boolean tooMany = semaphore.refills() && max < semaphore.max();
    semaphore.resize(max, semaphore.refills() ? 0 : world.held(semaphore), world.now);
    if (tooMany || (changes && semaphore.debt > 0)) {
      world.recallCredits(semaphore.name);
    }
  }

  private void changeRefill(ModelSemaphore semaphore, Refill refill) {
    if (!refill.equals(semaphore.config.refill())) {
      semaphore.changeRefill(refill, world.now);
      world.recallCredits(semaphore.name);
    }
  }

  Result delete(Operation.DeleteSemaphore delete) {
    ModelSemaphore semaphore = world.lookUp(delete.name(), -1);
    if (delete.kind() != null) {
      checkKind(semaphore, delete.kind());
    }
    refuseIf(
        !delete.force() && world.isBusy(semaphore), Refusal.SEMAPHORE_IN_USE, semaphore.name, "");
    world.semaphores.remove(semaphore);
    refuseWaiters(semaphore);
    recall(semaphore);
    return Result.Done.INSTANCE;
  }

  /** Whoever named it is refused, whatever else it waits for. */
  private void refuseWaiters(ModelSemaphore gone) {
    for (ModelWaiter waiter : world.waitersOn(gone)) {
      world.waiters.remove(waiter);
      answers.answer(waiter, new Result.Refused(Refusal.SEMAPHORE_NOT_FOUND, gone.name, ""));
    }
  }

  private void recall(ModelSemaphore gone) {
    for (ModelGrant grant : List.copyOf(world.grants)) {
      Holding holding = grant.holding(gone);
      if (holding != null) {
        releases.strike(grant, holding);
        boolean isAll = grant.holdings.isEmpty();
        if (isAll) {
          world.remember(grant.id, NotHeldReason.SEMAPHORE_DELETED);
        }
        world.tell(
            new Outcome.Recalled(
                grant.session.id,
                grant.id,
                NotHeldReason.SEMAPHORE_DELETED,
                isAll ? null : gone.name));
      }
    }
  }

  /** V4. */
  Result reset(Operation.ResetEvent reset) {
    ModelSemaphore event = world.lookUp(reset.name(), -1);
    checkKind(event, Kind.EVENT);
    int before = event.count;
    event.count = 0;
    event.neverSignalled = false;
    return new Result.Reset(before);
  }

  private Result result(boolean existed, ModelSemaphore semaphore) {
    return new Result.SemaphoreResult(existed, views.semaphore(semaphore, world.now, 0));
  }
}
