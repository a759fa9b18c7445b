package dev.signalbox.client.callback;

import dev.signalbox.client.Acquire;
import java.util.Objects;
import java.util.Optional;

/** Submits to a pool what belongs to a cleanup group, all with the same cancel handler (C10). */
class Members implements CallbackSubmitter {
  private final Pool pool;
  private final Roll group;
  private final Runnable onCancel;

  Members(Pool pool, Roll group, Runnable onCancel) {
    this.pool = pool;
    this.group = group;
    this.onCancel = Objects.requireNonNull(onCancel);
  }

  private Subject subject() {
    return new Subject(group, onCancel);
  }

  @Override
  public CallbackHandle submit(Callback callback) throws InterruptedException {
    return pool.submit(new SubmittedCallback(pool, callback, subject()));
  }

  @Override
  public Optional<CallbackHandle> trySubmit(Callback callback) {
    return pool.trySubmit(new SubmittedCallback(pool, callback, subject()));
  }

  @Override
  public Work work(Callback callback) {
    return new PoolWork(pool, callback, subject());
  }

  @Override
  public WaitHandle submitWhenAcquired(Acquire request, AcquiredCallback callback) {
    return Wait.begin(pool, subject(), request, callback);
  }

  @Override
  public WaitObject waitObject(Acquire request, AcquiredCallback callback, boolean rearming) {
    return new PoolWaitObject(pool, subject(), request, callback, rearming);
  }
}
