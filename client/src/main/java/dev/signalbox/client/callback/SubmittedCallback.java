package dev.signalbox.client.callback;

import dev.signalbox.client.SignalboxClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A callback on its way through the states of {@link CallbackState}. */
class SubmittedCallback implements CallbackHandle, Crew.Task {
  private static final AtomicReferenceFieldUpdater<SubmittedCallback, CallbackState> STATE =
      AtomicReferenceFieldUpdater.newUpdater(SubmittedCallback.class, CallbackState.class, "state");

  private final Pool pool;
  private final Callback callback;
  private final @Nullable Subject subject;
  private final Troubles troubles;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private volatile CallbackState state;

  /** The thread that runs it or ends it. Another thread may read what is old, but never itself. */
  private @Nullable Thread runner;

  private boolean askedForLong;
  private boolean runsLong;

  /** A callback to be queued. */
  SubmittedCallback(Pool pool, Callback callback, @Nullable Subject subject) {
    this(pool, callback, subject, CallbackState.QUEUED);
  }

  SubmittedCallback(Pool pool, Callback callback, @Nullable Subject subject, CallbackState state) {
    this.pool = pool;
    this.callback = callback;
    this.subject = subject;
    this.state = state;
    this.troubles = new Troubles(pool.tally());
  }

  SignalboxClient client() {
    return pool.client();
  }

  /** What it is a run of, if that is anything. */
  Optional<Subject> subject() {
    return Optional.ofNullable(subject);
  }

  @Override
  public CallbackState state() {
    return state;
  }

  @Override
  public CompletableFuture<Void> completion() {
    return copyOf(completion);
  }

  /** A future of the caller's own, completed as the other. */
  static CompletableFuture<Void> copyOf(CompletableFuture<Void> future) {
    CompletableFuture<Void> copy = new CompletableFuture<>();
    var unused = future.whenComplete((done, failure) -> settle(copy, failure));
    return copy;
  }

  static void settle(CompletableFuture<Void> future, @Nullable Throwable failure) {
    if (failure == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(failure);
    }
  }

  /** Moves on if it is where it should be; of two who try, one succeeds. */
  final boolean moves(CallbackState from, CallbackState to) {
    return STATE.compareAndSet(this, from, to);
  }

  @Override
  public boolean isUnwelcome() {
    return subject != null && subject.isClosed();
  }

  @Override
  public boolean join() {
    return subject == null || (subject.enter(this) && subject.queued(this));
  }

  /** Runs it on this thread, which then need not wait for its release. */
  @Override
  public void run() {
    if (!moves(CallbackState.QUEUED, CallbackState.RUNNING)) {
      return;
    }
    runner = Thread.currentThread();
    try {
      begins();
      runAndRelease();
    } catch (Throwable e) { // Not the callback's own: memory may have run out at the wrong moment.
      troubles.failedLocally(e);
      closeAndComplete(List.of());
    } finally {
      runner = null;
    }
  }

  /** It is about to run. */
  void begins() {}

  private void runAndRelease() {
    DueIntents due = call(new IntentBook());
    state = CallbackState.RETURNED;
    if (runsLong) {
      pool.crew().countIn();
    }
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
      callback.run(new RunningCallback(book, this));
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
        runner = Thread.currentThread();
        closeAndComplete(closings);
        runner = null;
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
    ended(true, failure);
  }

  /** It is over, and nobody waits for it any more. */
  void ended(boolean ran, @Nullable Throwable failure) {
    if (subject != null) {
      subject.ended(this);
    }
  }

  /** Sees to it that it never runs; true if that is due to this call, which then has to say why. */
  boolean withdraw() {
    return withdrawFromAcquiring() || withdrawFromQueue();
  }

  /** As {@link #withdraw}, if it is queued. */
  boolean withdrawFromQueue() {
    return moves(CallbackState.QUEUED, CallbackState.CANCELLED);
  }

  /** As {@link #withdraw}, if it waits for a grant. */
  boolean withdrawFromAcquiring() {
    return moves(CallbackState.ACQUIRING, CallbackState.CANCELLED);
  }

  boolean isWithdrawn() {
    return state == CallbackState.CANCELLED;
  }

  /** It was withdrawn because somebody wanted it so. */
  void cancelled() {
    neverRuns(new CancellationException("cancelled before it ran"));
  }

  @Override
  public void strand(Throwable why) {
    if (withdraw()) {
      Log.LOG.error("{} was queued but will not run, as the executor gives no thread", this, why);
      neverRuns(new RejectedExecutionException("no thread can be had to run the callback", why));
    }
  }

  /** It was withdrawn. */
  void neverRuns(Throwable why) {
    pool.tally().cancelled.increment();
    settle(completion, why);
    ended(false, why);
  }

  /** It was not taken in, after it had joined or before. */
  void turnedAway() {
    if (subject != null) {
      subject.ended(this);
    }
  }

  /** Whether this thread runs it, or does what is to be done when it has returned. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOnThisThread() {
    return runner == Thread.currentThread();
  }

  private void checkOnOwnThread() {
    if (state != CallbackState.RUNNING || !isOnThisThread()) {
      throw new IllegalStateException("only the callback itself can call this, on its own thread");
    }
  }

  /** See {@link CallbackInstance#callbackMayRunLong}. */
  boolean mayRunLong() {
    checkOnOwnThread();
    if (askedForLong) {
      return true;
    }
    askedForLong = true;
    runsLong = pool.crew().countOut();
    return runsLong;
  }

  /** See {@link CallbackInstance#disassociateCurrentThread}. */
  void disassociate() {
    checkOnOwnThread();
    if (subject != null) {
      subject.disassociated(this);
    }
  }

  @Override
  public String toString() {
    return "callback " + describe(callback) + " of pool '" + pool.name() + "'";
  }

  private static String describe(Callback callback) {
    return callback instanceof Delivery ? callback.toString() : callback.getClass().getName();
  }
}
