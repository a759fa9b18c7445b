package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the timers of refilling semaphores: each wakes when the count will have reached what
 * somebody waits for (Q1).
 */
final class Refills {
  private final Context context;
  private final List<RefillClock> noted = new ArrayList<>();

  Refills(Context context) {
    this.context = context;
  }

  /** Something changed at the semaphore: its timer will be looked at when the step is over. */
  void note(Semaphore semaphore) {
    RefillClock clock = semaphore.refill;
    if (clock != null && !clock.noted) {
      clock.noted = true;
      noted.add(clock);
    }
  }

  /** Forgets a semaphore that is gone. */
  void drop(Semaphore semaphore) {
    if (semaphore.refill != null) {
      context.timers.cancel(semaphore.refill);
    }
  }

  /** Sets the timers of all noted semaphores. */
  void arm() {
    for (RefillClock clock : noted) {
      clock.noted = false;
      clock.settle(context.now);
      int wanted = wanted(clock.semaphore);
      long due = wanted == Integer.MAX_VALUE ? Long.MAX_VALUE : clock.reaches(wanted);
      if (due == Long.MAX_VALUE) {
        context.timers.cancel(clock);
      } else {
        context.timers.schedule(clock, due);
      }
    }
    noted.clear();
  }

  /**
   * The smallest count above the present one at which somebody might be served; {@link
   * Integer#MAX_VALUE} if none.
   */
  private static int wanted(Semaphore semaphore) {
    Crowd crowd = semaphore.crowdIfAny();
    if (crowd == null) {
      return Integer.MAX_VALUE;
    }
    int wanted = wish(semaphore, crowd.fair.first());
    for (Ticket ticket = crowd.opportunistic.first();
        ticket != null && ticket.waiter.arrival < semaphore.firstFairArrival();
        ticket = crowd.opportunistic.after(ticket)) {
      wanted = Math.min(wanted, wish(semaphore, ticket));
    }
    return wanted;
  }

  private static int wish(Semaphore semaphore, @Nullable Ticket ticket) {
    boolean comes =
        ticket != null && ticket.permits > semaphore.count && ticket.permits <= semaphore.maxCount;
    return ticket != null && comes ? ticket.permits : Integer.MAX_VALUE;
  }
}
