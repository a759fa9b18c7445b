package dev.signalbox.client.callback;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The pool: a crew that runs callbacks, and the client through which their intents go. */
final class Pool implements CallbackPool {
  private final SignalboxClient client;
  private final PoolOptions options;
  private final PoolThreads threads;
  private final Crew<SubmittedCallback> crew;
  private final Waits waits;
  private final Tally tally = new Tally();

  /** Room for callbacks whose release is under way. */
  private final Semaphore room;

  Pool(SignalboxClient client, PoolOptions options) {
    this.client = client;
    this.options = options;
    threads = new PoolThreads(options.name());
    Executor executor = options.executor().orElse(threads.workers());
    crew =
        new Crew<>(
            work -> executor.execute(() -> Duty.perform(this, work)),
            options.threads(),
            options.queue(),
            options.executor().isPresent() ? Optional.empty() : Optional.of(options.idleTime()));
    waits = new Waits(options.waits());
    room = new Semaphore(options.completionsUnderWay());
  }

  @Override
  public CallbackHandle submit(Callback callback) throws InterruptedException {
    return submit(new SubmittedCallback(this, callback, null));
  }

  CallbackHandle submit(SubmittedCallback submitted) throws InterruptedException {
    try {
      crew.put(submitted);
    } catch (RejectedExecutionException e) {
      submitted.turnedAway();
      tally.rejected.increment();
      throw e;
    }
    tally.submitted.increment();
    return submitted;
  }

  @Override
  public Optional<CallbackHandle> trySubmit(Callback callback) {
    return trySubmit(new SubmittedCallback(this, callback, null));
  }

  Optional<CallbackHandle> trySubmit(SubmittedCallback submitted) {
    boolean accepted = false;
    try {
      accepted = crew.offer(submitted);
    } finally {
      (accepted ? tally.submitted : tally.rejected).increment();
      if (!accepted) {
        submitted.turnedAway();
      }
    }
    return accepted ? Optional.of(submitted) : Optional.empty();
  }

  @Override
  public Work work(Callback callback) {
    return new PoolWork(this, callback, subject());
  }

  @Override
  public WaitHandle submitWhenAcquired(Acquire request, AcquiredCallback callback) {
    return Wait.begin(this, subject(), request, callback);
  }

  @Override
  public WaitObject waitObject(Acquire request, AcquiredCallback callback, boolean rearming) {
    return new PoolWaitObject(this, subject(), request, callback, rearming);
  }

  private static Subject subject() {
    return new Subject(null, () -> {});
  }

  @Override
  public CleanupGroup cleanupGroup() {
    return Group.of(this);
  }

  /** Asks for a grant. */
  CompletableFuture<Optional<Permit>> acquire(Acquire request) {
    return client.acquireAsync(request);
  }

  /** Queues a wait whose grant has come; false if it was cancelled. */
  boolean admit(Wait wait) {
    return crew.admit(wait);
  }

  @Override
  public void setMinimumThreads(int threads) {
    crew.resize(range -> range.withMin(threads));
  }

  @Override
  public void setMaximumThreads(int threads) {
    crew.resize(range -> range.withMax(threads));
  }

  @Override
  public int cancelPending() {
    List<SubmittedCallback> pending = withdraw(crew.drain(), SubmittedCallback::withdraw);
    settleCancelled(pending);
    return pending.size();
  }

  /** Cancels those of them that have not begun. */
  void cancel(List<SubmittedCallback> some) {
    settleCancelled(withdraw(some, SubmittedCallback::withdraw));
  }

  /** Withdraws those of them that can be, and takes them out of the queue. */
  List<SubmittedCallback> withdraw(
      List<SubmittedCallback> some, Predicate<SubmittedCallback> withdrawing) {
    List<SubmittedCallback> withdrawn = some.stream().filter(withdrawing).toList();
    if (!withdrawn.isEmpty()) {
      crew.removeIf(SubmittedCallback::isWithdrawn);
    }
    return withdrawn;
  }

  static void settleCancelled(List<SubmittedCallback> withdrawn) {
    withdrawn.forEach(SubmittedCallback::cancelled);
  }

  /** Who waits for room to submit to a group that was closed is turned away. */
  void refuseUnwelcome() {
    crew.refuseUnwelcome();
  }

  @Override
  public PoolMetrics metrics() {
    int underWay = options.completionsUnderWay() - room.availablePermits();
    return tally.with(crew.count(), waits.count(), Math.max(0, underWay));
  }

  /** Sends a callback's release, and if too many are under way waits until one less is. */
  void release(List<ReleaseItem> items, Consumer<Verdict> whenSettled) {
    BatchRelease.send(client, items, whenSettled);
    room.acquireUninterruptibly();
  }

  /** A callback whose release was sent is complete. */
  void releaseComplete() {
    room.release();
  }

  /** Runs what the user brought, and what may be on a thread of the client's, on one of ours. */
  void onOwnThread(Runnable ending) {
    threads.finish(() -> Duty.perform(this, ending));
  }

  /** Calls the user's listener, whose failures are its own. */
  void tellListener(Consumer<PoolListener> news) {
    try {
      news.accept(options.listener());
    } catch (Throwable e) {
      Log.LOG.error("the pool's listener threw", e);
    }
  }

  boolean interruptsOnLoss() {
    return options.interruptsOnLoss();
  }

  PoolListener listener() {
    return options.listener();
  }

  String name() {
    return options.name();
  }

  Crew<SubmittedCallback> crew() {
    return crew;
  }

  Waits waits() {
    return waits;
  }

  Tally tally() {
    return tally;
  }

  @Override
  public void close() {
    try {
      var unused = close(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean close(Duration wait) throws InterruptedException {
    return close(TimeUnit.NANOSECONDS.convert(wait));
  }

  private boolean close(long nanos) throws InterruptedException {
    if (Duty.isFor(this)) {
      throw new IllegalStateException("a callback cannot wait for itself");
    }
    long start = System.nanoTime();
    settleCancelled(withdraw(waits.close(), SubmittedCallback::withdrawFromAcquiring));
    crew.close();
    boolean complete = crew.awaitEnd(nanos) && awaitReleases(nanos - (System.nanoTime() - start));
    if (complete) {
      threads.end();
    }
    return complete;
  }

  private boolean awaitReleases(long nanos) throws InterruptedException {
    int all = options.completionsUnderWay();
    if (!room.tryAcquire(all, nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    room.release(all);
    return true;
  }
}
