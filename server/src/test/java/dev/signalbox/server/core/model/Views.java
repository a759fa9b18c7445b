package dev.signalbox.server.core.model;

import dev.signalbox.server.core.SemaphoreView;
import dev.signalbox.server.core.SessionView;
import java.util.List;

/** What readers are shown. */
final class Views {
  private final World world;

  Views(World world) {
    this.world = world;
  }

  SemaphoreView semaphore(ModelSemaphore semaphore, long at, int maxListed) {
    return new SemaphoreView(
        semaphore.name,
        semaphore.config,
        semaphore.countAt(at),
        semaphore.debt,
        world.held(semaphore),
        world.waitersOn(semaphore).size(),
        semaphore.abandoned,
        holders(semaphore, maxListed),
        waiting(semaphore, at, maxListed));
  }

  private List<SemaphoreView.Holder> holders(ModelSemaphore semaphore, int max) {
    return semaphore.holders.stream()
        .limit(max)
        .map(session ->
            new SemaphoreView.Holder(
                session.id.sequence(),
                session.opened.clientName(),
                world.heldBy(session, semaphore)))
        .toList();
  }

  private List<SemaphoreView.Waiting> waiting(ModelSemaphore semaphore, long at, int max) {
    return world.waitersOn(semaphore).stream()
        .limit(max)
        .map(waiter ->
            new SemaphoreView.Waiting(
                waiter.session.id.sequence(),
                waiter.session.opened.clientName(),
                waiter.permitsOf(semaphore.name),
                at - waiter.arrivedAt))
        .toList();
  }

  SessionView session(ModelSession session) {
    return new SessionView(
        session.id,
        session.opened.clientName(),
        session.opened.leaseMicros(),
        session.opened.endAfterBreakMicros(),
        session.opened.ephemeral(),
        world.grantsOf(session).size(),
        permits(session),
        world.waitersOf(session).size());
  }

  private long permits(ModelSession session) {
    return world.grantsOf(session).stream()
        .flatMap(grant -> grant.holdings.stream())
        .mapToLong(ModelGrant.Holding::permits)
        .sum();
  }
}
