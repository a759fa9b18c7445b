package dev.signalbox.systemtests.oracle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A step as it is carried out here.
 *
 * @param start begins it
 * @param queues the handles in whose queues it stands while it waits; empty: it waits, if it does,
 *     where the service shows nobody
 */
record Move(Supplier<CompletableFuture<Answer>> start, List<Handle> queues) {
  /** The actor does it. */
  static Move by(Actor actor, Job job) {
    return new Move(() -> actor.start(job), List.of());
  }

  /** The harness does it, in no actor's name. */
  static Move byHarness(Job job, Session session) {
    return new Move(
        () -> {
          Turn turn = Turn.of(job);
          turn.perform(session);
          return turn.answer();
        },
        List.of());
  }

  Move waitingAt(List<Handle> handles) {
    return new Move(start, List.copyOf(handles));
  }
}
