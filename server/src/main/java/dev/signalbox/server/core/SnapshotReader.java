package dev.signalbox.server.core;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a machine out of the images that {@link SnapshotWriter} wrote. */
final class SnapshotReader {
  private final Iterator<Image> images;
  private final Machine machine = new Machine();
  private boolean ended;

  SnapshotReader(Iterator<Image> images) {
    this.images = images;
  }

  Machine read() {
    while (!ended) {
      check(images.hasNext(), "the snapshot is cut off");
      restore(images.next());
    }
    machine.serving.refills().arm();
    return machine;
  }

  private void restore(Image image) {
    if (image instanceof Image.Header header) {
      restore(header);
    } else if (image instanceof Image.SessionImage session) {
      restore(session);
    } else if (image instanceof Image.SemaphoreImage semaphore) {
      restore(semaphore);
    } else if (image instanceof Image.GrantImage grant) {
      restore(grant);
    } else if (image instanceof Image.WaiterImage waiter) {
      restore(waiter);
    } else if (image instanceof Image.EndedGrantImage grant) {
      machine.grants.ended.remember(grant.id(), grant.reason());
    } else if (image instanceof Image.End) {
      ended = true;
    }
  }

  private void restore(Image.Header header) {
    Context context = machine.context;
    context.now = header.now();
    context.lastSession = header.lastSession();
    context.lastSemaphore = header.lastSemaphore();
    context.lastGrant = header.lastGrant();
    context.lastArrival = header.lastArrival();
    context.limits = header.limits();
  }

  private void restore(Image.SessionImage image) {
    Session session =
        new Session(
            image.id(),
            image.clientName(),
            image.leaseMicros(),
            image.endAfterBreakMicros(),
            image.ephemeral());
    for (Image.Range range : image.forgotten()) {
      session.replies.restoreForgotten(range.first(), range.last());
    }
    image.replies().forEach(reply -> session.replies.answered(reply.number(), reply.result()));
    image.wills().forEach(will -> session.wills.put(will.number(), will.signals()));
    machine.sessions.add(session);
  }

  private void restore(Image.SemaphoreImage image) {
    Semaphore semaphore =
        new Semaphore(image.id(), image.name(), image.config(), image.count(), machine.context.now);
    semaphore.debt = image.debt();
    semaphore.abandoned = image.abandoned();
    if (semaphore.refill != null) {
      semaphore.refill.fraction = image.refillFraction();
    }
    if (semaphore.slots != null) {
      semaphore.slots.restoreEpochs(image.epochs());
    }
    image.holders().forEach(holder -> session(holder).openAccount(semaphore));
    machine.semaphores.add(semaphore);
    if (semaphore.idle != null) {
      semaphore.idle.lastUsed = image.lastUsed();
      machine.context.timers.schedule(semaphore.idle, image.lastUsed() + semaphore.idle.ttl);
    }
  }

  private void restore(Image.GrantImage image) {
    Grant grant = new Grant(image.id(), session(image.session()), image.grantedAt());
    grant.credit = image.credit();
    machine.grants.add(grant);
    for (Image.HoldingImage holding : image.holdings()) {
      Semaphore semaphore = semaphore(holding.semaphore());
      machine.grants.hold(grant, semaphore, holding.permits(), holding.slots());
      if (semaphore.slots != null) {
        semaphore.slots.restoreTaken(holding.slots());
      }
    }
    if (image.holdDeadline() != Long.MAX_VALUE) {
      machine.context.timers.schedule(grant, image.holdDeadline());
    }
  }

  private void restore(Image.WaiterImage image) {
    Session session = session(image.session());
    Waiter waiter =
        new Waiter(
            image.arrival(),
            session,
            image.number(),
            image.acquire(),
            image.since(),
            image.released());
    List<Operation.Part> parts = image.acquire().parts();
    for (int i = 0; i < parts.size(); i++) {
      Operation.Part part = parts.get(i);
      waiter.tickets[i] = new Ticket(waiter, semaphore(part.semaphore()), i, part.permits());
    }
    machine.serving.queue(waiter, image.deadline());
  }

  private Session session(long sequence) {
    return present(machine.sessions.find(sequence), "session " + sequence);
  }

  private Semaphore semaphore(String name) {
    return present(machine.semaphores.find(name), "semaphore " + name);
  }

  private static <T> T present(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("the snapshot lacks " + what);
    }
    return value;
  }

  private static void check(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }
}
