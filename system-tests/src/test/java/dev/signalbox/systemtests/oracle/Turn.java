package dev.signalbox.systemtests.oracle;

import java.util.concurrent.CompletableFuture;

/**
 * A job and its answer.
 *
 * @param job what to do
 * @param answer completed when it is done; never if its actor is ended before
 */
record Turn(Job job, CompletableFuture<Answer> answer) {
  static Turn of(Job job) {
    return new Turn(job, new CompletableFuture<>());
  }

  /** Does the job on this thread; false if the thread is to end. */
  boolean perform(Session session) {
    try {
      answer.complete(job.run(session));
    } catch (InterruptedException e) {
      return false;
    } catch (Throwable e) { // Whatever it is, the step has come to its end.
      fail(e);
    }
    return true;
  }

  private void fail(Throwable failure) {
    try {
      answer.complete(Answer.failed(Win32.code(failure)));
    } catch (IllegalStateException e) {
      answer.completeExceptionally(new Mismatch(e.getMessage() + ": " + failure));
    }
  }
}
