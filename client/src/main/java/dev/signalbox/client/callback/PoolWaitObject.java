package dev.signalbox.client.callback;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.SignalboxException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A wait object of a pool: one arming after the other. */
final class PoolWaitObject implements WaitObject, RollKeeper {
  private final Pool pool;
  private final Subject subject;
  private final Acquire request;
  private final AcquiredCallback callback;
  private final boolean rearming;

  /** While it is armed. */
  private final AtomicReference<@Nullable Arming> current = new AtomicReference<>();

  private volatile CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  PoolWaitObject(
      Pool pool, Subject subject, Acquire request, AcquiredCallback callback, boolean rearming) {
    this.pool = pool;
    this.subject = subject;
    this.request = Objects.requireNonNull(request);
    this.callback = Objects.requireNonNull(callback);
    this.rearming = rearming;
  }

  /** From one call of {@link #arm} to its end: one wait, or if it is re-arming many in a row. */
  private final class Arming implements Wait.Follower {
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile Wait wait = Wait.of(pool, subject, callback, this);

    private boolean isCurrent() {
      return equals(current.get());
    }

    private void disarm() {
      current.compareAndSet(this, null);
    }

    void start() {
      try {
        wait.start(request);
      } catch (RuntimeException e) {
        disarm();
        over.completeExceptionally(e);
        throw e;
      }
      cancelIfDisarmed();
    }

    /** Whoever disarmed it may have seen the wait before this one. */
    private void cancelIfDisarmed() {
      if (!isCurrent()) {
        wait.cancel();
      }
    }

    @Override
    public void begins() {
      if (!rearming) {
        disarm();
      }
    }

    @Override
    public boolean ended(Wait ended, boolean ran, @Nullable Throwable failure) {
      boolean again = rearming && isCurrent() && (ran || isPassing(failure));
      if (again) {
        wait = Wait.of(pool, subject, callback, this);
        pool.onOwnThread(() -> startAgain(ended));
      } else {
        disarm();
        SubmittedCallback.settle(over, rearming && ran ? new CancellationException() : failure);
      }
      return again;
    }

    private void startAgain(Wait ended) {
      try {
        wait.startInPlaceOf(ended, request);
        cancelIfDisarmed();
      } catch (RejectedExecutionException e) {
        disarm();
        over.completeExceptionally(new CancellationException(e.getMessage()));
      } catch (RuntimeException e) {
        disarm();
        over.completeExceptionally(e);
      }
    }
  }

  /** Whether to ask again may help; a cancellation was meant for the one callback. */
  private static boolean isPassing(@Nullable Throwable failure) {
    return failure instanceof SignalboxException.SessionLost
        || failure instanceof SignalboxException.GrantExpired
        || failure instanceof SignalboxException.Unavailable
        || failure instanceof CancellationException;
  }

  @Override
  public void arm() {
    if (closed) {
      throw new RejectedExecutionException("the wait object is closed");
    }
    Arming arming = new Arming();
    if (current.compareAndSet(null, arming)) {
      end = arming.over;
      arming.start();
      disarmIfClosed();
    }
  }

  private void disarmIfClosed() {
    if (closed) {
      disarm();
    }
  }

  @Override
  public boolean isArmed() {
    return current.get() != null;
  }

  @Override
  public boolean disarm() {
    Arming arming = current.getAndSet(null);
    return arming != null && arming.wait.cancel();
  }

  @Override
  public CompletableFuture<Void> completion() {
    return SubmittedCallback.copyOf(end);
  }

  @Override
  public void close() {
    closed = true;
    disarm();
  }

  @Override
  public Roll runs() {
    return subject.runs();
  }

  @Override
  public void cancelPending() {
    disarm();
  }
}
