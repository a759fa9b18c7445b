package dev.signalbox.grpc;

import dev.signalbox.client.Permit;
import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call's question to a limiter. It is answered or withdrawn, never both: an admission that
 * crossed a withdrawal goes back (A7). Thread-safe.
 */
final class Question {
  private final String limiter;
  private final CompletableFuture<Decision> decision;
  private final AtomicBoolean settled = new AtomicBoolean();

  private Question(String limiter, CompletableFuture<Decision> decision) {
    this.limiter = limiter;
    this.decision = decision;
  }

  static Question ask(Limiter limiter, Supplier<LimitKeys> keys, Duration wait) {
    return new Question(limiter.name(), decide(limiter, keys, wait));
  }

  private static CompletableFuture<Decision> decide(
      Limiter limiter, Supplier<LimitKeys> keys, Duration wait) {
    try {
      return limiter.decideAsync(keys.get(), wait);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whether there is nothing to wait for. */
  boolean isDecided() {
    return decision.isDone();
  }

  /**
   * Tells the answer: at once if there is one, else by the executor. To be called once.
   *
   * @param executor the limiter's own thread must not be kept by what the asker does next
   */
  void tell(Asker asker, Executor executor) {
    boolean now = decision.isDone();
    var unused =
        decision.whenComplete((answer, failure) -> {
          if (!settled.compareAndSet(false, true)) {
            giveBack(answer);
          } else if (now) {
            tell(asker, answer, failure);
          } else {
            tellBy(executor, asker, answer, failure);
          }
        });
  }

  private void tellBy(
      Executor executor, Asker asker, @Nullable Decision answer, @Nullable Throwable failure) {
    try {
      executor.execute(() -> tell(asker, answer, failure));
    } catch (RejectedExecutionException e) {
      giveBack(answer);
      asker.refused(Refusals.failed(limiter, e));
    }
  }

  private void tell(Asker asker, @Nullable Decision answer, @Nullable Throwable failure) {
    if (answer instanceof Admission admission) {
      tell(asker, admission);
    } else if (answer instanceof Refusal refusal) {
      asker.refused(Refusals.refused(refusal));
    } else {
      asker.refused(Refusals.failed(limiter, failure));
    }
  }

  /** What was lost before the call began lets nobody in: somebody else may have it. */
  private void tell(Asker asker, Admission admission) {
    if (admission.permit().filter(Question::isLost).isPresent()) {
      admission.close();
      asker.refused(Refusals.lost(limiter));
    } else {
      asker.admitted(admission);
    }
  }

  /** A permit without an id is a receipt, and was never held. */
  private static boolean isLost(Permit permit) {
    return !permit.id().isEmpty() && !permit.isHeld();
  }

  private static void giveBack(@Nullable Decision answer) {
    if (answer instanceof Admission admission) {
      admission.close();
    }
  }

  /**
   * Withdraws it.
   *
   * @return whether it had no answer. Then there will be none, and who withdrew it ends the call.
   */
  boolean withdraw() {
    if (!settled.compareAndSet(false, true)) {
      return false;
    }
    decision.cancel(false);
    return true;
  }

  String limiter() {
    return limiter;
  }
}
