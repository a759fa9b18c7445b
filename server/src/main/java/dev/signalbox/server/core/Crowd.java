package dev.signalbox.server.core;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is at a semaphore. Made when the first one comes, so that an idle semaphore stays small. */
final class Crowd {
  /** Waiters whom nobody passes (A3), in the order of arrival. */
  final Chain<Ticket> fair = new Chain<>();

  /** Waiters who let themselves be passed (A4), in the order of arrival. */
  final Chain<Ticket> opportunistic = new Chain<>();

  /** Sessions that hold permits, in the order in which they came to. */
  final Chain<Account> holders = new Chain<>();

  /** Credits that are not recalled, by age; null if there never was one (K2). */
  private @Nullable TreeMap<Long, Grant> credits;

  void addCredit(Grant grant) {
    if (credits == null) {
      credits = new TreeMap<>();
    }
    credits.put(grant.id.sequence(), grant);
  }

  void removeCredit(Grant grant) {
    if (credits != null) {
      credits.remove(grant.id.sequence());
    }
  }

  /** Takes the credits that are not recalled, oldest first. */
  Collection<Grant> takeCredits() {
    Collection<Grant> taken = credits == null ? List.of() : credits.values();
    credits = null;
    return taken;
  }
}
