package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Releases (R1 to R5): items in the order given, each seeing what the ones before it did, and all
 * of it undone when one is refused (R3). Nobody is served before the last item.
 */
final class Releasing {
  private static final Result.ItemResult NOT_HELD =
      new Result.ItemResult(false, NotHeldReason.UNKNOWN, List.of());

  private final Context context;
  private final Semaphores semaphores;
  private final Grants grants;
  private final Candidates candidates;
  private final Steps steps;

  Releasing(Context context, Semaphores semaphores, Grants grants, Candidates candidates) {
    this.context = context;
    this.semaphores = semaphores;
    this.grants = grants;
    this.candidates = candidates;
    this.steps = new Steps(grants);
  }

  /**
   * Releases on behalf of a session, or of nobody. The result is {@link Result.Released} or {@link
   * Result.Refused}.
   *
   * @param beside the name of a semaphore in whose namespace all items must lie; null: where the
   *     first of them lies
   */
  Result release(
      @Nullable Session session, List<? extends Operation.Item> items, @Nullable String beside) {
    Result.Refused refused = checkNames(items, beside);
    if (refused == null) {
      refused = checkValues(items);
    }
    if (refused != null) {
      return refused;
    }
    List<Result.ItemResult> results = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Operation.Item item = items.get(i);
      if (item instanceof Operation.Signal signal) {
        Semaphore semaphore = semaphores.get(signal.semaphore());
        Account account = session == null ? null : session.account(semaphore);
        Refusal refusal = refusal(semaphore, account, signal.permits());
        if (refusal != null) {
          steps.undo();
          return new Result.Refused(refusal, semaphore.name, "", i);
        }
        results.add(signal(semaphore, account, signal.permits()));
      } else if (item instanceof Operation.GiveBack giveBack) {
        results.add(giveBack(giveBack));
      }
    }
    steps.commit(candidates);
    return new Result.Released(results);
  }

  /**
   * Looks up every name and touches what is found; refuses a missing one, and what lies in another
   * namespace.
   */
  private Result.@Nullable Refused checkNames(
      List<? extends Operation.Item> items, @Nullable String required) {
    Result.Refused refused = null;
    String first = required;
    for (int i = 0; i < items.size(); i++) {
      Operation.Item item = items.get(i);
      Result.Refused wrong = null;
      String found = null;
      if (item instanceof Operation.Signal signal) {
        wrong = touch(signal.semaphore()) ? null : Refusals.notFound(signal.semaphore());
        found = signal.semaphore();
      } else if (item instanceof Operation.GiveBack giveBack) {
        found = touch(giveBack);
      }
      first = first == null ? found : first;
      boolean beside = found == null || first == null || Names.sameNamespace(found, first);
      if (wrong == null && !beside) {
        wrong = Refusals.invalid(fieldOf(item, i), "lies in another namespace");
      }
      if (refused == null && wrong != null) {
        refused = new Result.Refused(wrong.reason(), wrong.subject(), wrong.detail(), i);
      }
    }
    return refused;
  }

  /** An event is set once or not at all (V2). */
  private Result.@Nullable Refused checkValues(List<? extends Operation.Item> items) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Operation.Signal signal
          && signal.permits() > 1
          && semaphores.get(signal.semaphore()).kind == Kind.EVENT) {
        return new Result.Refused(
            Refusal.INVALID_FIELD, "items[" + i + "].signal.permits", "must be 1 for an event", i);
      }
    }
    return null;
  }

  private static String fieldOf(Operation.Item item, int index) {
    String what = item instanceof Operation.Signal ? "signal.semaphore" : "give_back.grant_id";
    return "items[" + index + "]." + what;
  }

  private boolean touch(String name) {
    Semaphore semaphore = semaphores.find(name);
    if (semaphore != null) {
      semaphore.touch(context.now);
    }
    return semaphore != null;
  }

  /**
   * Touches what a give-back is about; returns a name in its namespace, or null if none is known.
   */
  private @Nullable String touch(Operation.GiveBack giveBack) {
    String name = giveBack.semaphore();
    Grant grant = grants.find(giveBack.grant());
    if (name != null && (grant == null || grant.holdingOf(name) == null)) {
      touch(name);
    }
    if (grant == null) {
      return name;
    }
    for (int i = 0; i < grant.holdings.size(); i++) {
      grant.holdings.get(i).account.semaphore.touch(context.now);
    }
    return grant.semaphore();
  }

  /** Why a plain release is refused (O8, R2); null if it is not. */
  private static @Nullable Refusal refusal(
      Semaphore semaphore, @Nullable Account account, int permits) {
    long heldHere = account == null ? 0 : account.permits - account.credit;
    if (semaphore.ownerOnly && heldHere < permits) {
      return Refusal.NOT_HELD_BY_SESSION;
    }
    return semaphore.wouldOverflow(permits) ? Refusal.TOO_MANY_POSTS : null;
  }

  /**
   * Gives back what the session holds there, oldest grant first, but nothing of credits; the rest
   * is a signal (R5, K3).
   */
  private Result.ItemResult signal(Semaphore semaphore, @Nullable Account account, int permits) {
    int before = semaphore.count;
    int left = permits;
    Holding holding = account == null ? null : account.holdings.first();
    while (account != null && holding != null && left > 0) {
      boolean credit = holding.grant.credit != Credit.NONE;
      int returned = credit ? 0 : Math.min(left, holding.permits);
      if (returned > 0) {
        steps.putBack(holding, returned, List.of());
      }
      left -= returned;
      holding = account.holdings.after(holding);
    }
    if (left > 0) {
      steps.signal(semaphore, left);
    }
    return Result.ItemResult.released(before);
  }

  private Result.ItemResult giveBack(Operation.GiveBack giveBack) {
    Grant grant = grants.find(giveBack.grant());
    if (grant == null) {
      return new Result.ItemResult(false, grants.ended.reason(giveBack.grant()), List.of());
    }
    return giveBack.semaphore() == null
        ? giveBackAll(grant)
        : giveBackPart(grant.holdingOf(giveBack.semaphore()), giveBack);
  }

  private Result.ItemResult giveBackAll(Grant grant) {
    List<Integer> before = new ArrayList<>(grant.holdings.size());
    for (Holding holding : grant.holdings) {
      if (holding.permits > 0) {
        before.add(holding.account.semaphore.count);
        steps.putBackWhole(holding);
      }
    }
    return new Result.ItemResult(!before.isEmpty(), NotHeldReason.UNKNOWN, before);
  }

  private Result.ItemResult giveBackPart(@Nullable Holding holding, Operation.GiveBack giveBack) {
    if (holding == null || holding.permits == 0) {
      return NOT_HELD;
    }
    List<Integer> slots = giveBack.slots();
    boolean all = giveBack.permits() == 0 && slots.isEmpty();
    int permits = Math.max(giveBack.permits(), slots.size());
    if (permits > holding.permits || !holds(holding, slots)) {
      return NOT_HELD;
    }
    int before = holding.account.semaphore.count;
    if (all) {
      steps.putBackWhole(holding);
    } else {
      steps.putBack(holding, permits, slots);
    }
    return Result.ItemResult.released(before);
  }

  private static boolean holds(Holding holding, List<Integer> slots) {
    return slots.isEmpty()
        || holding.slots.stream().map(Slot::number).collect(Collectors.toSet()).containsAll(slots);
  }
}
