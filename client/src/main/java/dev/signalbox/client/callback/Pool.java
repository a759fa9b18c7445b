package dev.signalbox.client.callback;

import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The pool: a crew that runs callbacks, and the client through which their intents go. */
final class Pool implements CallbackPool {
  private final SignalboxClient client;
  private final PoolOptions options;
  private final PoolThreads threads;
  private final Crew<SubmittedCallback> crew;
  private final Tally tally = new Tally();

  /** Room for callbacks whose release is under way. */
  private final Semaphore room;

  Pool(SignalboxClient client, PoolOptions options) {
    this.client = client;
    this.options = options;
    threads = new PoolThreads(options.name());
    crew =
        new Crew<>(
            options.executor().orElse(threads.workers()),
            options.threads(),
            options.queue(),
            options.executor().isPresent() ? Optional.empty() : Optional.of(options.idleTime()));
    room = new Semaphore(options.completionsUnderWay());
  }

  @Override
  public CallbackHandle submit(Callback callback) throws InterruptedException {
    SubmittedCallback submitted = new SubmittedCallback(this, callback);
    try {
      crew.put(submitted);
    } catch (RejectedExecutionException e) {
      tally.rejected.increment();
      throw e;
    }
    tally.submitted.increment();
    return submitted;
  }

  @Override
  public Optional<CallbackHandle> trySubmit(Callback callback) {
    SubmittedCallback submitted = new SubmittedCallback(this, callback);
    boolean accepted = false;
    try {
      accepted = crew.offer(submitted);
    } finally {
      (accepted ? tally.submitted : tally.rejected).increment();
    }
    return accepted ? Optional.of(submitted) : Optional.empty();
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
    List<SubmittedCallback> pending = crew.drain();
    pending.forEach(SubmittedCallback::cancel);
    return pending.size();
  }

  @Override
  public PoolMetrics metrics() {
    int underWay = options.completionsUnderWay() - room.availablePermits();
    return tally.with(crew.count(), Math.max(0, underWay));
  }

  /** Sends a callback's release, and if too many are under way waits until one less is. */
  void release(DueIntents due, Consumer<Verdict> whenSettled) {
    LeftWill will = due.will();
    if (will == null) {
      BatchRelease.send(client, due.items(), whenSettled);
    } else {
      WillRelease.send(client, due.items(), will, whenSettled);
    }
    room.acquireUninterruptibly();
  }

  /** A callback whose release was sent is complete. */
  void releaseComplete() {
    room.release();
  }

  /** Runs what the user brought, and what may be on a thread of the client's, on one of ours. */
  void onOwnThread(Runnable ending) {
    threads.finish(ending);
  }

  SignalboxClient client() {
    return client;
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
    long start = System.nanoTime();
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
