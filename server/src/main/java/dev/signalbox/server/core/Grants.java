package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All grants that hold permits: how they come to be, shrink and end (A8, R4). */
final class Grants {
  private final Context context;
  private final Candidates candidates;
  private final Refills refills;
  private final Sessions sessions;
  private final LongMap<Grant> bySequence = new LongMap<>();
  final EndedGrants ended = new EndedGrants();

  Grants(Context context, Candidates candidates, Refills refills, Sessions sessions) {
    this.context = context;
    this.candidates = candidates;
    this.refills = refills;
    this.sessions = sessions;
  }

  int size() {
    return bySequence.size();
  }

  /** The grant, if it still holds anything. */
  @Nullable Grant find(GrantId id) {
    Grant grant = bySequence.get(id.sequence());
    return grant == null || !grant.id.equals(id) ? null : grant;
  }

  /** Takes the permits for the given tickets, which can be served, and says what was granted. */
  Result.Granted give(Waiter waiter, List<Ticket> tickets) {
    List<Result.GrantedPart> parts = new ArrayList<>(tickets.size());
    Credit credit = waiter.credit ? Credit.OUT : Credit.NONE;
    Grant grant = null;
    for (Ticket ticket : tickets) {
      boolean consumed = !waiter.credit && isConsumed(waiter.acquire, ticket.semaphore);
      if (grant == null && !consumed) {
        grant = open(waiter.session, waiter.acquire, credit);
      }
      parts.add(take(ticket.semaphore, ticket.index, ticket.permits, consumed ? null : grant));
    }
    return granted(grant, parts, waiter.released);
  }

  /**
   * Takes the permits of an acquire of one semaphore, which are there, as nobody waits for them.
   */
  Result.Granted giveAtOnce(Session session, Operation.Acquire acquire, Semaphore semaphore) {
    Grant grant = isConsumed(acquire, semaphore) ? null : open(session, acquire, Credit.NONE);
    int permits = acquire.parts().get(0).permits();
    return granted(grant, List.of(take(semaphore, 0, permits, grant)), List.of());
  }

  private static boolean isConsumed(Operation.Acquire acquire, Semaphore semaphore) {
    return acquire.consume() || semaphore.isAlwaysConsumed();
  }

  private Result.Granted granted(
      @Nullable Grant grant, List<Result.GrantedPart> parts, List<Result.ItemResult> released) {
    return new Result.Granted(grant == null ? null : grant.id, context.now, parts, released);
  }

  /** Takes permits of one semaphore; the grant holds them, or where it is null, nobody does. */
  private Result.GrantedPart take(
      Semaphore semaphore, int index, int permits, @Nullable Grant grant) {
    List<Slot> slots = semaphore.slots == null ? List.of() : semaphore.slots.take(permits);
    semaphore.take(permits, context.now);
    refills.note(semaphore);
    if (grant != null) {
      hold(grant, semaphore, permits, slots);
    }
    return new Result.GrantedPart(
        index, semaphore.name, permits, grant == null, slots, semaphore.takeAbandoned());
  }

  private Grant open(Session session, Operation.Acquire acquire, Credit credit) {
    Grant grant = new Grant(context.nextGrantId(), session, context.now);
    grant.credit = credit;
    add(grant);
    if (acquire.holdLimitMicros() > 0) {
      context.timers.schedule(grant, context.now + acquire.holdLimitMicros());
    }
    return grant;
  }

  /** Enters a grant that holds nothing yet. */
  void add(Grant grant) {
    bySequence.put(grant.id.sequence(), grant);
    grant.session.grants.add(grant);
  }

  /** Adds to what a grant holds; the permits are taken from the count already. */
  void hold(Grant grant, Semaphore semaphore, int permits, List<Slot> slots) {
    Account account = grant.session.openAccount(semaphore);
    Holding holding = new Holding(grant, account, permits, slots);
    grant.holdings.add(holding);
    account.holdings.add(holding);
    count(holding, permits);
    if (grant.credit == Credit.OUT) {
      semaphore.crowd().addCredit(grant);
    }
  }

  private static void count(Holding holding, int more) {
    Account account = holding.account;
    account.permits += more;
    account.credit += holding.grant.credit == Credit.NONE ? 0 : more;
    account.session.permits += more;
    account.semaphore.held += more;
  }

  /** Somebody lacks permits: what lies unused in credits is to come back (K2). */
  void recallCredits(Semaphore semaphore) {
    Crowd crowd = semaphore.crowdIfAny();
    if (crowd != null) {
      for (Grant grant : crowd.takeCredits()) {
        grant.credit = Credit.RECALLED;
        tellRecalled(grant);
      }
    }
  }

  /** Tells the client of a recalled credit, which may not have heard of it (L5). */
  void tellRecalled(@Nullable Grant grant) {
    if (grant != null && grant.credit == Credit.RECALLED) {
      context.tell(new Outcome.CreditRecalled(grant.session.id, grant.id));
    }
  }

  /** Counts permits off a holding. It stays where it is until it is {@link #settle settled}. */
  void reduce(Holding holding, int permits, List<Slot> slotsLeft) {
    holding.permits -= permits;
    holding.slots = slotsLeft;
    count(holding, -permits);
  }

  /**
   * Takes a holding out that has become empty, and its grant with it if that holds nothing else.
   */
  void settle(Holding holding) {
    if (holding.permits > 0 || !holding.grant.holdings.remove(holding)) {
      return;
    }
    Account account = holding.account;
    account.holdings.remove(holding);
    account.semaphore.crowd().removeCredit(holding.grant);
    account.semaphore.touch(context.now);
    if (account.holdings.size() == 0) {
      account.session.closeAccount(account);
    }
    if (holding.grant.holdings.isEmpty()) {
      end(holding.grant);
    }
  }

  private void end(Grant grant) {
    bySequence.remove(grant.id.sequence());
    grant.session.grants.remove(grant);
    context.timers.cancel(grant);
    sessions.noteIdle(grant.session);
  }

  /** Puts everything back that a grant holds, never above a maximum (L2), but no tokens (K7). */
  void putBack(Grant grant) {
    for (Holding holding : List.copyOf(grant.holdings)) {
      Semaphore semaphore = holding.account.semaphore;
      semaphore.touch(context.now);
      semaphore.putBackWhole(holding.permits);
      empty(holding);
      candidates.mark(semaphore);
    }
  }

  /** Puts everything back, remembers why, and leaves mutexes abandoned (M3). */
  void recover(Grant grant, NotHeldReason reason) {
    ended.remember(grant.id, reason);
    for (Holding holding : grant.holdings) {
      Semaphore semaphore = holding.account.semaphore;
      semaphore.abandoned = semaphore.kind == Kind.MUTEX;
    }
    putBack(grant);
  }

  /** Puts everything back of a grant that nobody ever took note of: it tells what it was told. */
  void unmake(Grant grant, Result.Granted granted) {
    for (Result.GrantedPart part : granted.parts()) {
      Holding holding = part.abandoned() ? grant.holdingOf(part.semaphore()) : null;
      if (holding != null) {
        holding.account.semaphore.abandoned = true;
      }
    }
    putBack(grant);
  }

  /** A semaphore is gone, and with it what the holding held of it (O5). */
  void revoke(Holding holding) {
    Grant grant = holding.grant;
    boolean all = grant.holdings.size() == 1;
    String semaphore = holding.account.semaphore.name;
    if (all) {
      ended.remember(grant.id, NotHeldReason.SEMAPHORE_DELETED);
    }
    empty(holding);
    context.tell(
        new Outcome.Recalled(
            grant.session.id, grant.id, NotHeldReason.SEMAPHORE_DELETED, all ? null : semaphore));
  }

  /** The grant has been held for as long as it may (A10). */
  void holdLimitReached(Grant grant) {
    recover(grant, NotHeldReason.HOLD_LIMIT);
    context.tell(new Outcome.Recalled(grant.session.id, grant.id, NotHeldReason.HOLD_LIMIT, null));
  }

  private void empty(Holding holding) {
    Slots slots = holding.account.semaphore.slots;
    if (slots != null) {
      slots.free(holding.slots);
    }
    reduce(holding, holding.permits, List.of());
    settle(holding);
  }
}
