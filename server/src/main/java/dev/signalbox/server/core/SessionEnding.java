package dev.signalbox.server.core;

import java.util.List;

/** How a session ends: everything it has goes back in one step (L2, L6, L8). */
final class SessionEnding {
  private final Context context;
  private final Sessions sessions;
  private final Serving serving;
  private final Grants grants;
  private final Releasing releasing;

  SessionEnding(
      Context context, Sessions sessions, Serving serving, Grants grants, Releasing releasing) {
    this.context = context;
    this.sessions = sessions;
    this.serving = serving;
    this.grants = grants;
    this.releasing = releasing;
  }

  /**
   * Ends the session. Its wills are releases of its own, so they come before the rest of what it
   * holds goes back (R5). Others are served afterwards, by whoever called.
   */
  void end(Session session, EndCause cause) {
    sessions.remove(session);
    Waiter waiter = session.waiters.first();
    while (waiter != null) {
      serving.leave(waiter);
      waiter = session.waiters.first();
    }
    if (cause == EndCause.EXPIRED) {
      for (List<Operation.Signal> will : session.wills.values()) {
        releasing.release(session, will, null);
      }
    }
    Grant grant = session.grants.first();
    while (grant != null) {
      grants.recover(grant, NotHeldReason.SESSION_ENDED);
      grant = session.grants.first();
    }
    context.tell(new Outcome.SessionEnded(session.id, cause));
  }

  /** Ends ephemeral sessions that have nothing left. */
  void endIdle() {
    for (Session session : sessions.takeIdle()) {
      end(session, EndCause.CLOSED);
    }
  }
}
