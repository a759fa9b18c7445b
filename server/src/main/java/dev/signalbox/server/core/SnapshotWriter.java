package dev.signalbox.server.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Writes a machine as images, in the order that {@link Image} describes. */
final class SnapshotWriter {
  private final Machine machine;
  private final Consumer<Image> out;

  SnapshotWriter(Machine machine, Consumer<Image> out) {
    this.machine = machine;
    this.out = out;
  }

  void write() {
    out.accept(header());
    machine.sessions.all().forEach(session -> out.accept(image(session)));
    machine.semaphores.all().forEach(semaphore -> out.accept(image(semaphore)));
    machine.sessions.all().forEach(this::writeGrants);
    writeWaiters();
    for (EndedGrants.Ended ended : machine.grants.ended.all()) {
      out.accept(new Image.EndedGrantImage(ended.grant(), ended.reason()));
    }
    out.accept(new Image.End());
  }

  private Image header() {
    Context context = machine.context;
    return new Image.Header(
        context.now,
        context.lastSession,
        context.lastSemaphore,
        context.lastGrant,
        context.lastArrival,
        context.limits);
  }

  private static Image image(Session session) {
    List<Image.Range> forgotten = new ArrayList<>();
    session
        .replies
        .forgottenRanges()
        .forEach(r -> forgotten.add(new Image.Range(r.first(), r.last())));
    List<Image.Reply> replies = new ArrayList<>();
    session.replies.forEachAnswered(
        (number, result) -> replies.add(new Image.Reply(number, result)));
    List<Image.Will> wills = new ArrayList<>();
    session.wills.forEach((number, signals) -> wills.add(new Image.Will(number, signals)));
    return new Image.SessionImage(
        session.id,
        session.clientName,
        session.leaseMicros,
        session.endAfterBreakMicros,
        session.ephemeral,
        forgotten,
        replies,
        wills);
  }

  private Image image(Semaphore semaphore) {
    long now = machine.context.now;
    RefillClock refill = semaphore.refill;
    Slots slots = semaphore.slots;
    return new Image.SemaphoreImage(
        semaphore.id,
        semaphore.name,
        semaphore.config(),
        semaphore.countAt(now),
        semaphore.debt,
        refill == null ? 0 : refill.fractionAt(now),
        semaphore.idle == null ? 0 : semaphore.idle.lastUsed,
        slots == null ? List.of() : slots.epochs(),
        semaphore.abandoned,
        holders(semaphore));
  }

  private static List<Long> holders(Semaphore semaphore) {
    List<Long> holders = new ArrayList<>();
    Crowd crowd = semaphore.crowdIfAny();
    Account account = crowd == null ? null : crowd.holders.first();
    while (crowd != null && account != null) {
      holders.add(account.session.id.sequence());
      account = crowd.holders.after(account);
    }
    return holders;
  }

  private void writeGrants(Session session) {
    for (Grant grant = session.grants.first(); grant != null; grant = session.grants.after(grant)) {
      List<Image.HoldingImage> holdings = new ArrayList<>();
      for (Holding holding : grant.holdings) {
        String name = holding.account.semaphore.name;
        holdings.add(new Image.HoldingImage(name, holding.permits, holding.slots));
      }
      out.accept(
          new Image.GrantImage(
              grant.id,
              session.id.sequence(),
              grant.grantedAt,
              deadline(grant),
              holdings,
              grant.credit));
    }
  }

  private void writeWaiters() {
    List<Waiter> waiters = new ArrayList<>();
    for (Session session : machine.sessions.all()) {
      Chain<Waiter> own = session.waiters;
      for (Waiter waiter = own.first(); waiter != null; waiter = own.after(waiter)) {
        waiters.add(waiter);
      }
    }
    waiters.sort(Comparator.comparingLong((Waiter waiter) -> waiter.arrival));
    waiters.forEach(waiter -> out.accept(image(waiter)));
  }

  private static Image image(Waiter waiter) {
    return new Image.WaiterImage(
        waiter.arrival,
        waiter.session.id.sequence(),
        waiter.number,
        waiter.acquire,
        waiter.since,
        deadline(waiter),
        waiter.released);
  }

  private static long deadline(Timed timed) {
    return timed.heapIndex < 0 ? Long.MAX_VALUE : timed.deadline;
  }
}
