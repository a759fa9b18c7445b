package dev.signalbox.server.session;

import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One open session as the leader sees it: its lease, its stream, and who else waits for it. */
public final class LiveSession {
  private final SessionId id;
  private final long leaseMicros;
  private final Lease lease;
  private final Liveness liveness;

  /** Guarded by the liveness. */
  private long checkAt = Lease.NEVER;

  private volatile boolean ended;

  /** Written under this. */
  private volatile @Nullable Outbox outbox;

  /** Guarded by this; by the number of the request. */
  private final Map<Long, List<Waiter>> waiters = new HashMap<>(4);

  /** Likewise. */
  private final Map<Long, Object> claims = new HashMap<>(4);

  LiveSession(SessionId id, long leaseMicros, long endAfterBreakMicros, Liveness liveness) {
    this.id = id;
    this.leaseMicros = leaseMicros;
    this.liveness = liveness;
    long endAfterBreak = endAfterBreakMicros < 0 ? -1 : endAfterBreakMicros * 1_000;
    this.lease = new Lease(leaseMicros * 1_000, endAfterBreak, liveness.now());
  }

  /** The session's id. */
  public SessionId id() {
    return id;
  }

  /** Its lease in microseconds. */
  public long leaseMicros() {
    return leaseMicros;
  }

  /**
   * The client was heard from: its lease begins anew (L1).
   *
   * @return false if it is too late: the session is about to end, and nothing was renewed
   */
  public boolean hear() {
    return lease.hear(liveness.now()) && !ended;
  }

  /**
   * Makes a stream the session's own; one that was so before ends with {@link StreamEnd#REPLACED}
   * (L5). Apply thread only.
   */
  public void attach(Outbox stream) {
    Outbox replaced;
    synchronized (this) {
      replaced = outbox;
      outbox = stream;
      lease.mend();
    }
    if (replaced != null) {
      replaced.end(StreamEnd.REPLACED);
    }
  }

  /** A stream broke; if it was the session's own, the session may end early (L9). */
  public void detach(Outbox stream) {
    synchronized (this) {
      if (outbox != stream) {
        return;
      }
      outbox = null;
      lease.breakOff(liveness.now());
    }
    liveness.watch(this);
  }

  /**
   * Registers someone who waits for the answer to a request. To be done before the request is
   * handed in.
   *
   * @return false if the session has ended
   */
  public synchronized boolean await(long number, Waiter waiter) {
    if (!ended) {
      waiters.computeIfAbsent(number, n -> new ArrayList<>(1)).add(waiter);
    }
    return !ended;
  }

  /** Takes back a registration. */
  public synchronized void forget(long number, Waiter waiter) {
    List<Waiter> same = waiters.get(number);
    if (same != null && same.remove(waiter) && same.isEmpty()) {
      waiters.remove(number);
    }
  }

  /** Makes the caller the one that a request's outcome belongs to, instead of an earlier one. */
  public synchronized void claim(long number, Object caller) {
    claims.put(number, caller);
  }

  /**
   * Gives up a claim.
   *
   * @return false if a later caller has claimed the request: its outcome is that one's now
   */
  public synchronized boolean unclaim(long number, Object caller) {
    return claims.remove(number, caller);
  }

  /** A call of its own keeps the session alive until {@link #unpin}. */
  public void pin() {
    lease.pin();
  }

  /** That call is over, and the lease begins anew. */
  public void unpin() {
    lease.unpin(liveness.now());
    liveness.watch(this);
  }

  @Nullable Outbox outbox() {
    return outbox;
  }

  /** Tells the answer to whoever waits for it beside the stream. */
  void answer(Outcome.Answer answer) {
    List<Waiter> told;
    synchronized (this) {
      told = waiters.isEmpty() ? null : waiters.remove(answer.number());
    }
    if (told != null) {
      told.forEach(waiter -> waiter.answered(answer));
    }
  }

  /** The session is over. */
  void end(Consumer<Waiter> farewell) {
    List<Waiter> told = new ArrayList<>();
    synchronized (this) {
      ended = true;
      waiters.values().forEach(told::addAll);
      waiters.clear();
    }
    told.forEach(farewell);
  }

  boolean hasEnded() {
    return ended;
  }

  Lease lease() {
    return lease;
  }

  long checkAt() {
    return checkAt;
  }

  void checkAt(long at) {
    checkAt = at;
  }
}
