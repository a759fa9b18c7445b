package dev.signalbox.server.core.model;

import dev.signalbox.server.core.NotHeldReason;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result.NotGranted.Why;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What falls due by the clock, in the contract's order (fine print: Time). */
final class Clock {
  private final World world;
  private final Acquires acquires;
  private final Releases releases;

  Clock(World world, Acquires acquires, Releases releases) {
    this.world = world;
    this.acquires = acquires;
    this.releases = releases;
  }

  /** The kinds of things that fall due, in the order in which they happen at one instant. */
  enum Kind {
    REFILL,
    HOLD_LIMIT,
    WAIT_DEADLINE,
    IDLE
  }

  /** One thing that falls due: at one instant by kind, and among equals the older first. */
  record Due(long at, Kind kind, long age, Runnable happens) {
    static final Comparator<Due> ORDER =
        Comparator.comparingLong(Due::at).thenComparing(Due::kind).thenComparingLong(Due::age);
  }

  /** The next thing to happen by itself; null if nothing waits for time. */
  @Nullable Due next() {
    return Stream.of(refills(), holdLimits(), waitDeadlines(), idles())
        .flatMap(dues -> dues)
        .filter(due -> due.at() != Long.MAX_VALUE)
        .min(Due.ORDER)
        .orElse(null);
  }

  private Stream<Due> refills() {
    return world.semaphores.stream()
        .map(s -> new Due(s.nextPermitAt(), Kind.REFILL, s.age, this::refillAll));
  }

  /** All permits that come back at this instant. */
  private void refillAll() {
    for (ModelSemaphore semaphore : world.semaphores) {
      while (semaphore.nextPermitAt() <= world.now) {
        semaphore.refillOne(world.now);
      }
    }
  }

  private Stream<Due> holdLimits() {
    return world.grants.stream()
        .map(g -> new Due(g.heldUntil, Kind.HOLD_LIMIT, g.id.sequence(), () -> recover(g)));
  }

  private void recover(ModelGrant grant) {
    releases.recover(grant, NotHeldReason.HOLD_LIMIT);
    world.tell(new Outcome.Recalled(grant.session.id, grant.id, NotHeldReason.HOLD_LIMIT, null));
  }

  private Stream<Due> waitDeadlines() {
    return world.waiters.stream()
        .map(w ->
            new Due(
                w.deadline(),
                Kind.WAIT_DEADLINE,
                w.arrival,
                () -> acquires.leave(w, Why.TIMED_OUT)));
  }

  private Stream<Due> idles() {
    return List.copyOf(world.semaphores).stream()
        .filter(s -> s.config.idleTtlMicros() > 0 && !world.isBusy(s))
        .map(s ->
            new Due(
                s.lastActive + s.config.idleTtlMicros(),
                Kind.IDLE,
                s.age,
                () -> world.semaphores.remove(s)));
  }
}
