package dev.signalbox.client.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of the service, and the future of its answer. The link settles it on the network
 * thread; a caller that waits is woken from there, a future is completed by the {@link Dispatcher},
 * or by a thread that waits in {@link #get} and takes the answer first: so that it need not wait
 * for whatever else the dispatcher's executor is busy with.
 */
public abstract class Call<T> extends CompletableFuture<T> {
  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Call> DELIVERED =
      AtomicIntegerFieldUpdater.newUpdater(Call.class, "delivered");

  @SuppressWarnings("rawtypes")
  private static final AtomicIntegerFieldUpdater<Call> WAITING =
      AtomicIntegerFieldUpdater.newUpdater(Call.class, "waiting");

  /** Behind it in the inbox. */
  @Nullable Call<?> next;

  /** When it is given up if it could not be sent by then. Network thread. */
  long giveUpAt;

  private final SessionLink link;
  private boolean awaited;
  private volatile boolean settled;
  private volatile int delivered;
  private volatile int waiting;
  private volatile @Nullable Thread waiter;
  private @Nullable T answer;
  private @Nullable Throwable error;

  Call(SessionLink link) {
    this.link = link;
  }

  abstract Lanes.Kind lane();

  /** Whether giving the future up shall cancel what was asked for. */
  boolean isCancellable() {
    return false;
  }

  /** Undoes an answer that nobody took. */
  protected void undo(T answer) {}

  /** Its caller waits for it in {@link #await}; nobody else has the future. */
  void setAwaited() {
    awaited = true;
  }

  boolean isAwaited() {
    return awaited;
  }

  /** Waits for the answer. An interrupt gives the call up. */
  T await() throws InterruptedException {
    try {
      return super.get();
    } catch (InterruptedException e) {
      giveUp();
      throw e;
    } catch (ExecutionException e) {
      throw asThrownHere(e.getCause());
    }
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    if (waits()) {
      awaitSettled(System.nanoTime() + Long.MAX_VALUE);
    }
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + unit.toNanos(timeout);
    if (waits()) {
      awaitSettled(deadline);
    }
    return super.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** True for the first thread that waits; others wait until the future is completed. */
  private boolean waits() {
    boolean first = !isDone() && waiting == 0 && WAITING.compareAndSet(this, 0, 1);
    if (first) {
      waiter = Thread.currentThread();
    }
    return first;
  }

  private void awaitSettled(long deadline) throws InterruptedException {
    try {
      long left = deadline - System.nanoTime();
      while (!settled && !isDone() && left > 0) {
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        left = deadline - System.nanoTime();
      }
    } finally {
      waiter = null;
      waiting = 0;
    }
    if (settled) {
      deliver();
    }
  }

  /** It has its answer or failure, and will be delivered. Network thread. */
  final void settled() {
    settled = true;
    wakeWaiter();
  }

  private void wakeWaiter() {
    Thread thread = waiter;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  private void giveUp() {
    if (!cancel(true) && !isCompletedExceptionally()) {
      undo(join());
    }
  }

  private static RuntimeException asThrownHere(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      failure.fillInStackTrace();
      return failure;
    }
    return new IllegalStateException(cause);
  }

  final void answer(T value) {
    answer = value;
  }

  final void fail(Failure failure) {
    fail(link.exception(failure));
  }

  final void fail(Throwable failure) {
    error = failure;
    failed();
  }

  /** It has failed. Must not run user code. */
  protected void failed() {}

  /**
   * Completes the future as settled; if its owner gave it up meanwhile, undoes the answer. Once.
   */
  final void deliver() {
    if (delivered != 0 || !DELIVERED.compareAndSet(this, 0, 1)) {
      return;
    }
    T value = answer;
    if (error != null) {
      super.completeExceptionally(error);
    } else if (value != null && !super.complete(value)) {
      undo(value);
    }
    wakeWaiter();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return givenUp(super.cancel(mayInterruptIfRunning));
  }

  @Override
  public boolean complete(T value) {
    return givenUp(super.complete(value));
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return givenUp(super.completeExceptionally(failure));
  }

  private boolean givenUp(boolean now) {
    wakeWaiter();
    if (now && isCancellable()) {
      link.withdraw(this);
    }
    return now;
  }
}
