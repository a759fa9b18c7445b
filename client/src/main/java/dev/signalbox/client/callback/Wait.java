package dev.signalbox.client.callback;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A callback that waits for its grant before it is queued (C9). That it is queued, begins or is
 * cancelled is decided by its state alone; whoever decides that it will not run gives the grant
 * back.
 */
final class Wait extends SubmittedCallback implements WaitHandle, RollKeeper {
  /** Whom a wait belongs to. */
  interface Follower {
    /** Its callback begins. */
    void begins();

    /**
     * It is over.
     *
     * @param ran whether its callback did run
     * @param failure of whatever kind; null: none
     * @return whether the follower will hand on the place that it has in the pool
     */
    boolean ended(Wait wait, boolean ran, @Nullable Throwable failure);
  }

  private enum Nobody implements Follower {
    INSTANCE;

    @Override
    public void begins() {}

    @Override
    public boolean ended(Wait wait, boolean ran, @Nullable Throwable failure) {
      return false;
    }
  }

  private final Pool pool;
  private final Subject subject;
  private final Delivery delivery;
  private final Follower follower;
  private volatile @Nullable CompletableFuture<Optional<Permit>> acquiring;

  private Wait(Pool pool, Subject subject, Delivery delivery, Follower follower) {
    super(pool, delivery, subject, CallbackState.ACQUIRING);
    this.pool = pool;
    this.subject = subject;
    this.delivery = delivery;
    this.follower = follower;
  }

  /** A wait that is not started. */
  static Wait of(Pool pool, Subject subject, AcquiredCallback callback, Follower follower) {
    return new Wait(pool, subject, new Delivery(callback), follower);
  }

  /** Starts a wait that belongs to nobody else. */
  static Wait begin(Pool pool, Subject subject, Acquire request, AcquiredCallback callback) {
    Wait wait = of(pool, subject, callback, Nobody.INSTANCE);
    wait.start(request);
    return wait;
  }

  /**
   * Takes a place of the pool, and asks for the grant.
   *
   * @throws RejectedExecutionException if it is not let in
   */
  void start(Acquire request) {
    try {
      pool.waits().enter(this);
      acquire(request);
    } catch (RejectedExecutionException e) {
      pool.tally().rejected.increment();
      throw e;
    }
  }

  /** As {@link #start}, in the place of a wait that is over. */
  void startInPlaceOf(Wait ended, Acquire request) {
    pool.waits().pass(ended, this);
    acquire(request);
  }

  private void acquire(Acquire request) {
    try {
      if (!subject.enter(this)) {
        throw new RejectedExecutionException(Crew.GROUP_CLOSED);
      }
      acquiring = pool.acquire(request);
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
    pool.tally().submitted.increment();
    if (isWithdrawn()) {
      acquiring.cancel(true);
    }
    var unused =
        acquiring.whenComplete((grant, failure) -> {
          if (failure == null) {
            granted(grant);
          } else {
            failed(failure);
          }
        });
  }

  private void leave() {
    subject.ended(this);
    pool.waits().leave(this);
  }

  private void granted(Optional<Permit> grant) {
    delivery.bring(grant);
    queue();
  }

  private void failed(Throwable failure) {
    if (withdraw()) {
      notAcquired(BatchRelease.bare(failure));
    }
  }

  private void queue() {
    try {
      if (!pool.admit(this)) {
        cancelPending();
        delivery.giveBack();
      }
    } catch (RejectedExecutionException e) {
      strand(e);
    }
  }

  /** Under the crew's lock, so that nobody who finds it queued fails to find it in the queue. */
  @Override
  public boolean join() {
    return moves(CallbackState.ACQUIRING, CallbackState.QUEUED) && subject.queued(this);
  }

  @Override
  public void run() {
    RuntimeException loss = delivery.loss();
    if (loss == null) {
      super.run();
    } else if (withdraw()) {
      notAcquired(loss);
    }
  }

  @Override
  void begins() {
    follower.begins();
  }

  private void notAcquired(Throwable failure) {
    pool.tally().acquiresFailed.increment();
    pool.onOwnThread(() -> {
      pool.tellListener(listener -> listener.acquireFailed(this, failure));
      neverRuns(failure);
    });
  }

  @Override
  void neverRuns(Throwable why) {
    CompletableFuture<Optional<Permit>> asked = acquiring;
    if (asked != null) {
      asked.cancel(true);
    }
    delivery.giveBack();
    super.neverRuns(why);
  }

  @Override
  void ended(boolean ran, @Nullable Throwable failure) {
    super.ended(ran, failure);
    if (!follower.ended(this, ran, failure)) {
      pool.waits().leave(this);
    }
  }

  @Override
  public boolean cancel() {
    cancelPending();
    return isWithdrawn();
  }

  @Override
  public Roll runs() {
    return subject.runs();
  }

  @Override
  public void cancelPending() {
    pool.cancel(List.of(this));
  }
}
