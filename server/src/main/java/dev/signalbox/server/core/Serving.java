package dev.signalbox.server.core;

import java.util.List;

/**
 * The queues at work (A3 to A5): after every step the earliest waiter that can be served is served,
 * and so on until none can. While waiters are served permits only become fewer, so a candidate that
 * cannot be served is done with until somebody before it leaves.
 */
final class Serving {
  private final Context context;
  private final Candidates candidates;
  private final Refills refills;
  private final Grants grants;
  private final Sessions sessions;
  private int waiting;

  Serving(
      Context context, Candidates candidates, Refills refills, Grants grants, Sessions sessions) {
    this.context = context;
    this.candidates = candidates;
    this.refills = refills;
    this.grants = grants;
    this.sessions = sessions;
  }

  Refills refills() {
    return refills;
  }

  /** Acquires that wait, over all sessions. */
  int waiting() {
    return waiting;
  }

  /** What the waiter can be served with now; empty if it cannot be. */
  List<Ticket> servable(Waiter waiter) {
    if (waiter.mode == Operation.Mode.ANY_OF) {
      for (Ticket ticket : waiter.tickets) {
        if (ticket.canBeServed(context.now)) {
          return List.of(ticket);
        }
      }
      return List.of();
    }
    for (Ticket ticket : waiter.tickets) {
      if (!ticket.canBeServed(context.now)) {
        return List.of();
      }
    }
    return List.of(waiter.tickets);
  }

  /** Lets it take its place in line, last. */
  void queue(Waiter waiter, long deadline) {
    for (Ticket ticket : waiter.tickets) {
      waiter.queueOf(ticket.semaphore).add(ticket);
      refills.note(ticket.semaphore);
    }
    waiter.queued = true;
    waiter.session.waiters.add(waiter);
    if (waiter.number > 0) {
      waiter.session.replies.waits(waiter.number, waiter);
    }
    if (deadline < Long.MAX_VALUE) {
      context.timers.schedule(waiter, deadline);
    }
    waiting++;
  }

  /** Takes it out of line without a word. Whoever stood behind it becomes a candidate. */
  void leave(Waiter waiter) {
    for (Ticket ticket : waiter.tickets) {
      Chain<Ticket> queue = waiter.queueOf(ticket.semaphore);
      boolean first = queue.first() == ticket;
      queue.remove(ticket);
      ticket.semaphore.touch(context.now);
      refills.note(ticket.semaphore);
      if (first && !ticket.semaphore.manualReset) {
        candidates.mark(ticket.semaphore);
      }
    }
    waiter.queued = false;
    waiter.session.waiters.remove(waiter);
    context.timers.cancel(waiter);
    waiting--;
    sessions.noteIdle(waiter.session);
  }

  /** Takes it out of line and answers it. */
  void complete(Waiter waiter, Result result) {
    leave(waiter);
    context.answerAndKeep(waiter.index, waiter.session, waiter.number, result);
  }

  void timeOut(Waiter waiter) {
    complete(waiter, new Result.NotGranted(Result.NotGranted.Why.TIMED_OUT, waiter.released));
  }

  /** Serves everybody who can be served. */
  void run() {
    for (Waiter waiter = candidates.poll(); waiter != null; waiter = candidates.poll()) {
      List<Ticket> tickets = waiter.queued ? servable(waiter) : List.of();
      if (!tickets.isEmpty()) {
        complete(waiter, grants.give(waiter, tickets));
      }
    }
  }
}
