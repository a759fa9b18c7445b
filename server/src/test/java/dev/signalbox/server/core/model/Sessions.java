package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Sessions from their opening to their end (L1, L2, L5, L6, L8). */
final class Sessions {
  private static final Result LOST = new Result.Refused(Refusal.SESSION_LOST, "", "");

  private final World world;
  private final Releases releases;
  private final LongFunction<SessionId> newId;

  Sessions(World world, Releases releases, LongFunction<SessionId> newId) {
    this.world = world;
    this.releases = releases;
    this.newId = newId;
  }

  Result open(Command.OpenSession open) {
    int limit = world.limits.sessions();
    World.refuseBeyond(world.sessions.size() >= limit, "sessions", limit);
    world.sessionsOpened++;
    SessionId id = newId.apply(world.sessionsOpened);
    world.sessions.add(new ModelSession(id, open));
    return new Result.Opened(id);
  }

  Result resume(Command.ResumeSession resume) {
    ModelSession session = world.session(resume.session());
    if (session == null) {
      return LOST;
    }
    session.window.resume(
        resume.lastNumber(), resume.unanswered(), world.limits.outstandingPerSession());
    return new Result.Resumed(world.grantsOf(session).stream().map(grant -> grant.id).toList());
  }

  /** It may have missed it (K2). */
  void recallAgain(SessionId id) {
    ModelSession session = world.session(id);
    if (session != null) {
      world.grantsOf(session).forEach(world::tellRecalled);
    }
  }

  void acknowledge(Command.Acknowledge acknowledge) {
    ModelSession session = world.session(acknowledge.session());
    if (session != null) {
      session.window.acknowledge(
          acknowledge.through(), acknowledge.also(), world.limits.outstandingPerSession());
    }
  }

  /** Waiters leave, wills are applied, grants go back; serving is the step's last part. */
  void end(@Nullable ModelSession session, EndCause cause) {
    if (session == null) {
      return;
    }
    world.waiters.removeAll(world.waitersOf(session));
    if (cause == EndCause.EXPIRED) {
      session.wills.values().forEach(will -> apply(session, will));
    }
    for (ModelGrant grant : world.grantsOf(session)) {
      releases.recover(grant, NotHeldReason.SESSION_ENDED);
    }
    world.sessions.remove(session);
    world.tell(new Outcome.SessionEnded(session.id, cause));
  }

  /** A request like any other, but that a refused one changes nothing and troubles nobody (L8). */
  private void apply(ModelSession session, List<Operation.Signal> will) {
    try {
      releases.release(session, new Operation.Release(List.copyOf(will), List.of()));
    } catch (World.RefusedException refused) {
      // There is nobody left to tell.
    }
  }

  Result setWill(ModelSession session, Operation.SetWill will) {
    int limit = world.limits.willsPerSession();
    World.refuseBeyond(
        !session.wills.containsKey(will.will()) && session.wills.size() >= limit,
        "wills_per_session",
        limit);
    session.wills.put(will.will(), will.signals());
    return Result.Done.INSTANCE;
  }

  /** Ephemeral sessions that hold nothing and wait for nothing any more end by themselves. */
  void endEphemeral() {
    for (ModelSession session : List.copyOf(world.sessions)) {
      if (session.opened.ephemeral() && session.used && isIdle(session)) {
        end(session, EndCause.CLOSED);
      }
    }
  }

  private boolean isIdle(ModelSession session) {
    return world.grantsOf(session).isEmpty() && world.waitersOf(session).isEmpty();
  }
}
