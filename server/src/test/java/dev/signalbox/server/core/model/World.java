package dev.signalbox.server.core.model;

import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything there is, in lists, oldest first. What can be counted is counted when asked for. */
final class World {
  /** The reasons of so many grants are kept (R4). */
  static final int FATES = 10_000;

  long now;
  Limits limits = Limits.DEFAULT;
  long semaphoresMade;
  long sessionsOpened;
  long grantsMade;
  long arrivals;

  final List<ModelSemaphore> semaphores = new ArrayList<>();
  final List<ModelSession> sessions = new ArrayList<>();
  final List<ModelGrant> grants = new ArrayList<>();
  final List<ModelWaiter> waiters = new ArrayList<>();
  final List<Fate> fates = new ArrayList<>();

  /** What the entry that is being applied has to tell so far. */
  List<Outcome> outcomes = new ArrayList<>();

  /** How a grant ended otherwise than by release. */
  record Fate(GrantId grant, NotHeldReason reason) {}

  /** A refusal on its way out of the request. */
  static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final transient Result.Refused refused;

    RefusedException(Result.Refused refused) {
      super(refused.toString(), null, false, false);
      this.refused = refused;
    }
  }

  static void refuseIf(boolean condition, Refusal reason, String subject, String detail) {
    refuseIf(condition, reason, subject, detail, -1);
  }

  static void refuseIf(boolean condition, Refusal reason, String subject, String detail, int item) {
    if (condition) {
      throw new RefusedException(new Result.Refused(reason, subject, detail, item));
    }
  }

  static void refuseBeyond(boolean beyond, String quota, int limit) {
    refuseIf(beyond, Refusal.QUOTA_EXCEEDED, quota, Integer.toString(limit));
  }

  void tell(Outcome outcome) {
    outcomes.add(outcome);
  }

  @Nullable ModelSemaphore semaphore(String name) {
    return semaphores.stream().filter(s -> s.name.equals(name)).findFirst().orElse(null);
  }

  /** The semaphore of a name that has been looked up already. */
  ModelSemaphore existing(String name) {
    ModelSemaphore semaphore = semaphore(name);
    if (semaphore == null) {
      throw new IllegalStateException(name);
    }
    return semaphore;
  }

  /** The semaphore of a name, or a refusal. */
  ModelSemaphore lookUp(String name, int item) {
    refuseIf(semaphore(name) == null, Refusal.SEMAPHORE_NOT_FOUND, name, "", item);
    return existing(name);
  }

  /** Somebody asks for it: its idle time begins anew (O5). */
  void touch(String name) {
    ModelSemaphore semaphore = semaphore(name);
    if (semaphore != null) {
      semaphore.lastActive = now;
    }
  }

  @Nullable ModelSession session(SessionId id) {
    return sessions.stream().filter(s -> s.id.equals(id)).findFirst().orElse(null);
  }

  @Nullable ModelGrant grant(GrantId id) {
    return grants.stream().filter(g -> g.id.equals(id)).findFirst().orElse(null);
  }

  NotHeldReason fate(GrantId id) {
    return fates.stream()
        .filter(fate -> fate.grant().equals(id))
        .findFirst()
        .map(Fate::reason)
        .orElse(NotHeldReason.UNKNOWN);
  }

  List<ModelGrant> grantsOf(ModelSession session) {
    return grants.stream().filter(g -> g.session == session).toList();
  }

  List<ModelWaiter> waitersOf(ModelSession session) {
    return waiters.stream().filter(w -> w.session == session).toList();
  }

  List<ModelWaiter> waitersOn(ModelSemaphore semaphore) {
    return waiters.stream().filter(w -> w.names(semaphore.name)).toList();
  }

  long held(ModelSemaphore semaphore) {
    return grants.stream().mapToLong(g -> g.permitsOf(semaphore)).sum();
  }

  long heldBy(@Nullable ModelSession session, ModelSemaphore semaphore) {
    return grants.stream()
        .filter(g -> g.session == session)
        .mapToLong(g -> g.permitsOf(semaphore))
        .sum();
  }

  /** Without what no release by number gives back (K3). */
  long heldByNumber(@Nullable ModelSession session, ModelSemaphore semaphore) {
    return grants.stream()
        .filter(g -> g.session == session && !g.credit)
        .mapToLong(g -> g.permitsOf(semaphore))
        .sum();
  }

  /** Somebody lacks permits of the semaphore (K2). */
  void recallCredits(String semaphore) {
    for (ModelGrant grant : grants) {
      if (grant.credit && !grant.recalled && grant.holding(semaphore) != null) {
        grant.recalled = true;
        tellRecalled(grant);
      }
    }
  }

  /** Once more, if that was told before. */
  void tellRecalled(@Nullable ModelGrant grant) {
    if (grant != null && grant.recalled) {
      tell(new Outcome.CreditRecalled(grant.session.id, grant.id));
    }
  }

  boolean isBusy(ModelSemaphore semaphore) {
    return held(semaphore) > 0 || waiters.stream().anyMatch(w -> w.names(semaphore.name));
  }

  void remember(GrantId grant, NotHeldReason reason) {
    fates.add(new Fate(grant, reason));
    if (fates.size() > FATES) {
      fates.remove(0);
    }
  }
}
