package dev.signalbox.systemtests.oracle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long is waited for what must come, on a busy machine. */
final class Patience {
  /** As long as a case may take, and more. */
  static final Duration FOR_EVER = Duration.ofDays(1);

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration GLANCE = Duration.ofMillis(2);

  private Patience() {}

  /** Waits until something is so. */
  static void await(String what, Condition condition) throws InterruptedException {
    if (!comes(condition)) {
      throw new Mismatch("waited in vain for " + what);
    }
  }

  /** Whether something is so in time. */
  static boolean comes(Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    boolean holds = condition.holds();
    while (!holds && System.nanoTime() - deadline < 0) {
      TimeUnit.NANOSECONDS.sleep(GLANCE.toNanos());
      holds = condition.holds();
    }
    return holds;
  }

  /** Waits for the answer to a step. */
  static Answer answer(Step step, CompletableFuture<Answer> answer) throws InterruptedException {
    try {
      return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Mismatch("no answer to " + step);
    } catch (ExecutionException e) {
      throw new Mismatch("failed: " + e);
    }
  }

  /** Something that can be looked at again and again. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws InterruptedException;
  }
}
