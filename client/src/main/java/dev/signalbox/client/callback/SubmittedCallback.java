package dev.signalbox.client.callback;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A callback on its way through the states of {@link CallbackState}. */
final class SubmittedCallback implements CallbackHandle, Crew.Task {
  private final Pool pool;
  private final Callback callback;
  private final Troubles troubles;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private volatile CallbackState state = CallbackState.QUEUED;

  SubmittedCallback(Pool pool, Callback callback) {
    this.pool = pool;
    this.callback = callback;
    this.troubles = new Troubles(pool.tally());
  }

  @Override
  public CallbackState state() {
    return state;
  }

  @Override
  public CompletableFuture<Void> completion() {
    CompletableFuture<Void> copy = new CompletableFuture<>();
    var unused = completion.whenComplete((done, failure) -> settle(copy, failure));
    return copy;
  }

  private static void settle(CompletableFuture<Void> future, @Nullable Throwable failure) {
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(failure);
    }
  }

  /** Runs it on this thread, which then need not wait for its release. */
  @Override
  public void run() {
    try {
      runAndRelease();
    } catch (Throwable e) { // Not the callback's own: memory may have run out at the wrong moment.
      troubles.failedLocally(e);
      closeAndComplete(List.of());
    }
  }

  private void runAndRelease() {
    state = CallbackState.RUNNING;
    DueIntents due = call(new IntentBook());
    state = CallbackState.RETURNED;
    due.unlocks().forEach(this::unlock);
    if (due.isNetworked()) {
      pool.release(due, verdict -> released(verdict, due.closings()));
    } else {
      closeAndComplete(due.closings());
    }
  }

  /** The interrupt flag is the callback's own: none comes in from before, none gets out. */
  private DueIntents call(IntentBook book) {
    Thread.interrupted();
    book.open(pool.interruptsOnLoss());
    DueIntents due = book.close(succeeds(book));
    Thread.interrupted();
    return due;
  }

  private boolean succeeds(IntentBook book) {
    try {
      callback.run(new RunningCallback(book, pool.client()));
      return true;
    } catch (Throwable e) { // Errors too: a callback that throws has returned (C5).
      troubles.threw(e);
      return false;
    }
  }

  private void unlock(Lock lock) {
    try {
      lock.unlock();
    } catch (Throwable e) {
      troubles.failedLocally(e);
    }
  }

  private void released(Verdict verdict, List<AutoCloseable> closings) {
    troubles.judged(verdict);
    if (closings.isEmpty() && troubles.none()) {
      complete();
      pool.releaseComplete();
    } else {
      pool.onOwnThread(() -> {
        closeAndComplete(closings);
        pool.releaseComplete();
      });
    }
  }

  private void closeAndComplete(List<AutoCloseable> closings) {
    state = CallbackState.CLOSING;
    closings.forEach(this::close);
    troubles.tell(pool.listener(), this);
    complete();
  }

  private void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable e) {
      troubles.failedLocally(e);
    }
  }

  private void complete() {
    Throwable failure = troubles.sum();
    (failure == null ? pool.tally().succeeded : pool.tally().failed).increment();
    state = CallbackState.COMPLETE;
    settle(completion, failure);
  }

  /** It will not run, because its pool was told so. */
  void cancel() {
    neverRuns(new CancellationException("cancelled before it ran"));
  }

  @Override
  public void strand(Throwable why) {
    Log.LOG.error("{} was queued but will not run, as the executor gives no thread", this, why);
    neverRuns(new RejectedExecutionException("no thread can be had to run the callback", why));
  }

  private void neverRuns(RuntimeException why) {
    pool.tally().cancelled.increment();
    state = CallbackState.CANCELLED;
    settle(completion, why);
  }

  @Override
  public String toString() {
    return "callback " + callback.getClass().getName() + " of pool '" + pool.name() + "'";
  }
}
