package dev.signalbox.client.callback;

import java.util.Objects;
import java.util.Optional;

/** A work object of a pool. */
final class PoolWork implements Work, RollKeeper {
  private final Pool pool;
  private final Callback callback;
  private final Subject subject;

  PoolWork(Pool pool, Callback callback, Subject subject) {
    this.pool = pool;
    this.callback = Objects.requireNonNull(callback);
    this.subject = subject;
  }

  @Override
  public CallbackHandle submit() throws InterruptedException {
    return pool.submit(new SubmittedCallback(pool, callback, subject));
  }

  @Override
  public Optional<CallbackHandle> trySubmit() {
    return pool.trySubmit(new SubmittedCallback(pool, callback, subject));
  }

  @Override
  public Roll runs() {
    return subject.runs();
  }

  @Override
  public void cancelPending() {
    pool.cancel(runs().all());
  }
}
