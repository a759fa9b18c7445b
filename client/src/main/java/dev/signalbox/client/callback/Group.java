package dev.signalbox.client.callback;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A cleanup group of a pool. */
final class Group extends Members implements CleanupGroup {
  private final Pool pool;
  private final Roll members;

  private Group(Pool pool, Roll members) {
    super(pool, members, () -> {});
    this.pool = pool;
    this.members = members;
  }

  static Group of(Pool pool) {
    return new Group(pool, new Roll());
  }

  @Override
  public CallbackSubmitter onCancel(Runnable handler) {
    return new Members(pool, members, handler);
  }

  @Override
  public void close(boolean cancelPending) {
    try {
      var unused = close(cancelPending, Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean close(boolean cancelPending, Duration wait) throws InterruptedException {
    return close(cancelPending, TimeUnit.NANOSECONDS.convert(wait));
  }

  private boolean close(boolean cancelPending, long nanos) throws InterruptedException {
    members.refuseFromWithin();
    members.close();
    pool.refuseUnwelcome();
    long start = System.nanoTime();
    return end(cancelPending, nanos) && members.awaitEndings(nanos - (System.nanoTime() - start));
  }

  /** Who else closes the group waits until this has ended, and so for the handlers too. */
  private boolean end(boolean cancelPending, long nanos) throws InterruptedException {
    members.beginEnding();
    try {
      return end(pool.withdraw(members.all(), cancelPending), cancelPending, nanos);
    } finally {
      members.ended();
    }
  }

  private boolean end(List<SubmittedCallback> withdrawn, boolean cancelled, long nanos)
      throws InterruptedException {
    Pool.settleCancelled(withdrawn);
    try {
      return members.awaitThoseOfNow(nanos);
    } finally {
      if (cancelled) {
        callHandlers(withdrawn);
      }
    }
  }

  private void callHandlers(List<SubmittedCallback> withdrawn) {
    Set<Subject> subjects = new LinkedHashSet<>();
    withdrawn.forEach(callback -> callback.subject().ifPresent(subjects::add));
    subjects.forEach(subject -> tell(subject.onCancel()));
  }

  private void tell(Runnable handler) {
    try {
      handler.run();
    } catch (Throwable e) {
      pool.tellListener(listener -> listener.cancelHandlerThrew(e));
    }
  }
}
