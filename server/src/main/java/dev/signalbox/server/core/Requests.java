package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Requests of sessions and of nobody, each executed at most once (E1). */
final class Requests {
  private final Context context;
  private final Sessions sessions;
  private final Configuring configuring;
  private final Acquiring acquiring;
  private final Releasing releasing;
  private final Resetting resetting;
  private final Grants grants;

  /** Who consumes at once without a session: holds nothing and waits for nothing, ever. */
  private final Session nobody = new Session(new SessionId(0, 0), "", 0, -1, false);

  Requests(
      Context context,
      Sessions sessions,
      Configuring configuring,
      Acquiring acquiring,
      Releasing releasing,
      Resetting resetting,
      Grants grants) {
    this.context = context;
    this.sessions = sessions;
    this.configuring = configuring;
    this.acquiring = acquiring;
    this.releasing = releasing;
    this.resetting = resetting;
    this.grants = grants;
  }

  void request(int index, Command.Request request) {
    SessionId id = request.session();
    if (id == null) {
      context.answer(index, null, 0, executeForNobody(index, request.operation()));
      return;
    }
    Session session = sessions.find(id);
    if (session == null) {
      context.answer(index, id, request.number(), Refusals.sessionLost());
    } else if (request.number() == 0 || isNew(index, session, request.number())) {
      Asker asker = new Asker(session, request.number(), index);
      Result result = execute(asker, request.operation());
      if (result != null) {
        context.answerAndKeep(index, session, request.number(), result);
      }
      sessions.noteIdle(session);
    }
  }

  /**
   * Whether the number is new and there is room to keep its reply; otherwise the request is
   * answered as it must be.
   */
  private boolean isNew(int index, Session session, long number) {
    ReplyWindow.Kept kept = session.replies.find(number);
    if (kept != null) {
      if (kept.result != null) {
        context.answer(index, session.id, number, kept.result);
        recallAgain(kept.result);
      }
      return false;
    }
    Result.Refused refused = null;
    if (session.replies.isForgotten(number)) {
      refused = new Result.Refused(Refusal.REQUEST_FORGOTTEN, "", Long.toString(number));
    } else if (!session.replies.makeRoom(context.limits.outstandingPerSession())) {
      refused = Refusals.quota("outstanding_per_session", context.limits.outstandingPerSession());
    }
    if (refused != null) {
      context.answer(index, session.id, number, refused);
    }
    return refused == null;
  }

  /** A credit that is told of again may have been recalled before it was heard of (K2). */
  private void recallAgain(Result result) {
    if (result instanceof Result.Granted granted && granted.id() != null) {
      grants.tellRecalled(grants.find(granted.id()));
    }
  }

  /** Executes; null if the answer comes by itself, now or later. */
  private @Nullable Result execute(Asker asker, Operation operation) {
    Session session = asker.session();
    if (operation instanceof Operation.Acquire acquire) {
      return acquiring.acquire(asker, acquire);
    }
    if (operation instanceof Operation.Release release) {
      return release(session, release, null);
    }
    if (operation instanceof Operation.ReleaseAndAcquire both) {
      return releaseAndAcquire(asker, both);
    }
    if (operation instanceof Operation.Cancel cancel) {
      return acquiring.cancel(session, cancel.number());
    }
    if (operation instanceof Operation.Drain drain) {
      return acquiring.drain(asker, drain);
    }
    if (operation instanceof Operation.TakeCredit take) {
      return acquiring.takeCredit(asker, take);
    }
    if (operation instanceof Operation.SetWill setWill) {
      return setWill(session, setWill);
    }
    if (operation instanceof Operation.ClearWill clearWill) {
      session.wills.remove(clearWill.will());
      return Result.Done.INSTANCE;
    }
    return executeForAnybody(operation);
  }

  private Result executeForNobody(int index, Operation operation) {
    return operation instanceof Operation.Acquire acquire
        ? Objects.requireNonNull(acquiring.acquire(new Asker(nobody, 0, index), acquire))
        : executeForAnybody(operation);
  }

  /** Executes what is the same with a session and without. */
  private Result executeForAnybody(Operation operation) {
    if (operation instanceof Operation.Release release) {
      return releasing.release(null, release.items(), null);
    }
    if (operation instanceof Operation.CreateSemaphore create) {
      return configuring.create(create);
    }
    if (operation instanceof Operation.OpenSemaphore open) {
      return configuring.open(open);
    }
    if (operation instanceof Operation.UpdateSemaphore update) {
      return configuring.update(update);
    }
    if (operation instanceof Operation.DeleteSemaphore delete) {
      return configuring.delete(delete);
    }
    if (operation instanceof Operation.ResetEvent reset) {
      return resetting.reset(reset);
    }
    throw new IllegalStateException("needs a session: " + operation);
  }

  private Result release(Session session, Operation.Release release, @Nullable String beside) {
    Result result = releasing.release(session, release.items(), beside);
    if (result instanceof Result.Released) {
      release.fulfilledWills().forEach(session.wills::remove);
    }
    return result;
  }

  private @Nullable Result releaseAndAcquire(Asker asker, Operation.ReleaseAndAcquire both) {
    Result refused = acquiring.checkBeforeRelease(asker.session(), both.acquire());
    if (refused != null) {
      return refused;
    }
    String semaphore = both.acquire().parts().get(0).semaphore();
    Result result = release(asker.session(), both.release(), semaphore);
    if (result instanceof Result.Released released) {
      acquiring.acquireAfterRelease(asker, both.acquire(), released.items());
      return null;
    }
    return result;
  }

  private Result setWill(Session session, Operation.SetWill setWill) {
    int limit = context.limits.willsPerSession();
    if (!session.wills.containsKey(setWill.will()) && session.wills.size() >= limit) {
      return Refusals.quota("wills_per_session", limit);
    }
    session.wills.put(setWill.will(), setWill.signals());
    return Result.Done.INSTANCE;
  }

  void acknowledge(Command.Acknowledge acknowledge) {
    Session session = sessions.find(acknowledge.session());
    if (session != null) {
      session.replies.acknowledge(
          acknowledge.through(), acknowledge.also(), context.limits.outstandingPerSession());
    }
  }

  /** Tells of every credit of the session that is recalled: it may have missed it (K2, L5). */
  void recallAgain(SessionId id) {
    Session session = sessions.find(id);
    Grant grant = session == null ? null : session.grants.first();
    while (session != null && grant != null) {
      grants.tellRecalled(grant);
      grant = session.grants.after(grant);
    }
  }

  Result resume(Command.ResumeSession resume) {
    Session session = sessions.find(resume.session());
    if (session == null) {
      return Refusals.sessionLost();
    }
    session.replies.retain(
        resume.lastNumber(), resume.unanswered(), context.limits.outstandingPerSession());
    List<GrantId> held = new ArrayList<>(session.grants.size());
    for (Grant grant = session.grants.first(); grant != null; grant = session.grants.after(grant)) {
      held.add(grant.id);
    }
    return new Result.Resumed(held);
  }
}
