package dev.signalbox.server.core;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Waiters who might be served now: the first fair waiter of a semaphore that gained permits or lost
 * its first waiter, and the opportunistic ones before it. Nobody else's case can have changed, so
 * nobody else is looked at; but of an event of manual reset that was set, everybody is (V3).
 */
final class Candidates {
  private final Context context;
  private final Refills refills;
  private final PriorityQueue<Waiter> earliestFirst =
      new PriorityQueue<>(Comparator.comparingLong((Waiter waiter) -> waiter.arrival));

  Candidates(Context context, Refills refills) {
    this.context = context;
    this.refills = refills;
  }

  /** Permits came to the semaphore, or the first in line left it. */
  void mark(Semaphore semaphore) {
    refills.note(semaphore);
    Crowd crowd = semaphore.crowdIfAny();
    if (crowd == null || semaphore.countAt(context.now) == 0) {
      return;
    }
    long firstFair = semaphore.manualReset ? Long.MAX_VALUE : semaphore.firstFairArrival();
    for (Ticket ticket = crowd.fair.first();
        ticket != null && ticket.waiter.arrival <= firstFair;
        ticket = crowd.fair.after(ticket)) {
      add(ticket.waiter);
    }
    for (Ticket ticket = crowd.opportunistic.first();
        ticket != null && ticket.waiter.arrival < firstFair;
        ticket = crowd.opportunistic.after(ticket)) {
      add(ticket.waiter);
    }
  }

  /** Takes the one that arrived first; null if there is none left. */
  @Nullable Waiter poll() {
    Waiter earliest = earliestFirst.poll();
    if (earliest != null) {
      earliest.candidate = false;
    }
    return earliest;
  }

  /** This one's case may have changed. */
  void add(Waiter waiter) {
    if (!waiter.candidate) {
      waiter.candidate = true;
      earliestFirst.add(waiter);
    }
  }
}
