package dev.signalbox.client.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One thing asked of the service, and the future of its answer. The link settles it on the network
 * thread; a caller that waits is woken from there, a future is completed by the {@link Dispatcher}.
 */
public abstract class Call<T> extends CompletableFuture<T> {
  /** Behind it in the inbox. */
  @Nullable Call<?> next;

  /** When it is given up if it could not be sent by then. Network thread. */
  long giveUpAt;

  private final SessionLink link;
  private boolean awaited;
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
      return get();
    } catch (InterruptedException e) {
      giveUp();
      throw e;
    } catch (ExecutionException e) {
      throw asThrownHere(e.getCause());
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

  /** Completes the future as settled; if its owner gave it up meanwhile, undoes the answer. */
  final void deliver() {
    T value = answer;
    if (error != null) {
      super.completeExceptionally(error);
    } else if (value != null && !super.complete(value)) {
      undo(value);
    }
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
    if (now && isCancellable()) {
      link.withdraw(this);
    }
    return now;
  }
}
