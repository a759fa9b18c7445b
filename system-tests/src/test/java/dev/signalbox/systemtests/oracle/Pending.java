package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A step that has not come back.
 *
 * @param step which
 * @param session in whose name it waits
 * @param queues where the service shows that it waits; empty: nowhere
 * @param answer completed when it comes back
 */
record Pending(Step step, Session session, List<Handle> queues, CompletableFuture<Answer> answer) {
  /** Whether the service cannot show which of the two it is that waits. */
  boolean sharesQueue(Pending other, Handle handle) {
    boolean alike = session == other.session() || handle.kind() != ObjectKind.SEMAPHORE;
    return alike && queues.stream().anyMatch(one -> one.object().equals(handle.object()));
  }

  /** Time-outs come by the clock, so an early one is no answer to the step under way. */
  boolean isTimedOut() {
    return answer.isDone()
        && !answer.isCompletedExceptionally()
        && answer.join().isTimeout()
        && step.args().timeout().isPresent();
  }
}
