package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be seen from outside. Looking changes nothing. */
final class Views {
  private Views() {}

  static SemaphoreView of(Semaphore semaphore, long at, int maxListed) {
    Crowd crowd = maxListed == 0 ? null : semaphore.crowdIfAny();
    return new SemaphoreView(
        semaphore.name,
        semaphore.config(),
        semaphore.countAt(at),
        semaphore.debt,
        semaphore.held,
        semaphore.waiting(),
        semaphore.abandoned,
        crowd == null ? List.of() : holders(crowd, maxListed),
        crowd == null ? List.of() : waiters(crowd, at, maxListed));
  }

  private static List<SemaphoreView.Holder> holders(Crowd crowd, int max) {
    List<SemaphoreView.Holder> holders = new ArrayList<>();
    Account account = crowd.holders.first();
    while (account != null && holders.size() < max) {
      Session session = account.session;
      holders.add(
          new SemaphoreView.Holder(session.id.sequence(), session.clientName, account.permits));
      account = crowd.holders.after(account);
    }
    return holders;
  }

  /** Both queues, merged by arrival. */
  private static List<SemaphoreView.Waiting> waiters(Crowd crowd, long at, int max) {
    List<SemaphoreView.Waiting> waiters = new ArrayList<>();
    Ticket fair = crowd.fair.first();
    Ticket passed = crowd.opportunistic.first();
    while (waiters.size() < max && (fair != null || passed != null)) {
      if (fair != null && (passed == null || fair.waiter.arrival < passed.waiter.arrival)) {
        waiters.add(of(fair, at));
        fair = crowd.fair.after(fair);
      } else if (passed != null) {
        waiters.add(of(passed, at));
        passed = crowd.opportunistic.after(passed);
      }
    }
    return waiters;
  }

  private static SemaphoreView.Waiting of(Ticket ticket, long at) {
    Session session = ticket.waiter.session;
    long waited = Math.max(0, at - ticket.waiter.since);
    return new SemaphoreView.Waiting(
        session.id.sequence(), session.clientName, ticket.permits, waited);
  }

  static @Nullable SessionView of(@Nullable Session session) {
    return session == null ? null : session.view();
  }
}
