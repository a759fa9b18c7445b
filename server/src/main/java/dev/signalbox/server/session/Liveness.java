package dev.signalbox.server.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds the sessions whose lease has run out (L1, L2, L9). Hearing from a session costs nothing
 * here: each session stands in a heap by the time of its next check, and only the check looks when
 * it was last heard from. A node that was itself stopped for a while heard nobody, so it gives
 * everyone a full lease. Thread-safe.
 */
final class Liveness implements AutoCloseable {
  private static final long MAX_REST = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * A check that comes this late, or an entry that takes this long, means that this node was
   * stopped, not that clients were silent.
   */
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final long origin;
  private final LongSupplier stalled;
  private final Consumer<LiveSession> verdict;
  private final Thread thread = new Thread(this::run, "signalbox-liveness");

  // Guarded by this.
  private final PriorityQueue<Check> checks = new PriorityQueue<>();
  private long lastCheck;

  private volatile boolean stopping;

  /**
   * Liveness of nobody yet.
   *
   * @param nanoTime monotonic nanoseconds
   * @param stalled nanoseconds for which the log has kept a connection's thread by now
   * @param verdict told, outside all locks, of each session that is condemned
   */
  Liveness(LongSupplier nanoTime, LongSupplier stalled, Consumer<LiveSession> verdict) {
    this.nanoTime = nanoTime;
    this.origin = nanoTime.getAsLong();
    this.stalled = stalled;
    this.verdict = verdict;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Nanoseconds since this was made. */
  long now() {
    return nanoTime.getAsLong() - origin;
  }

  /** Sees to it that the session is checked when its deadline, as it is now, has come. */
  void watch(LiveSession session) {
    synchronized (this) {
      long at = session.lease().deadline();
      if (at >= session.checkAt()) {
        return;
      }
      add(session, at);
    }
    LockSupport.unpark(thread);
  }

  /** Forgets everybody. */
  synchronized void clear() {
    checks.clear();
  }

  /**
   * Condemns whose time has come.
   *
   * @return when to check again
   */
  long check() {
    List<LiveSession> condemned = new ArrayList<>();
    long next;
    synchronized (this) {
      long now = now();
      if (now - lastCheck > PAUSE || stalled.getAsLong() > PAUSE) {
        checks.forEach(check -> check.session.lease().grace(now));
      }
      lastCheck = now;
      while (!checks.isEmpty() && checks.peek().at <= now) {
        judge(checks.remove(), now, condemned);
      }
      next = checks.isEmpty() ? Lease.NEVER : checks.peek().at;
    }
    condemned.forEach(verdict);
    return next;
  }

  private void judge(Check check, long now, Collection<LiveSession> condemned) {
    LiveSession session = check.session;
    if (session.hasEnded() || session.checkAt() != check.at) {
      return;
    }
    if (session.lease().condemn(now)) {
      condemned.add(session);
    } else {
      add(session, session.lease().deadline());
    }
  }

  private void add(LiveSession session, long at) {
    long soon = Math.min(at, now() + TimeUnit.MINUTES.toNanos(1));
    session.checkAt(soon);
    checks.add(new Check(soon, session));
  }

  private void run() {
    while (!stopping) {
      long rest = Math.min(MAX_REST, check() - now());
      if (rest > 0) {
        LockSupport.parkNanos(this, rest);
      }
    }
  }

  private record Check(long at, LiveSession session) implements Comparable<Check> {
    @Override
    public int compareTo(Check other) {
      return Long.compare(at, other.at);
    }
  }
}
