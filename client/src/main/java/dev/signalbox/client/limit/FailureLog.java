package dev.signalbox.client.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a limiter begins to decide without the service, and when it has ceased to: once each,
 * not per call. It has ceased when an answer comes and no call has gone without for a while.
 * Thread-safe.
 */
final class FailureLog {
  private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);

  private final AtomicBoolean failing = new AtomicBoolean();
  private final String limiter;
  private final String words;
  private final long calm;
  private final LongSupplier clock;
  private volatile long lastAt;

  /**
   * For this limiter.
   *
   * @param words what becomes of calls meanwhile
   * @param calm nanoseconds without a decision of that kind, after which an answer ends it
   */
  FailureLog(String limiter, String words, long calm, LongSupplier clock) {
    this.limiter = limiter;
    this.words = words;
    this.calm = calm;
    this.clock = clock;
  }

  /** A call is decided without the service. */
  void decidedWithout() {
    lastAt = clock.getAsLong();
    if (!failing.get() && failing.compareAndSet(false, true)) {
      LOG.warn("Limiter '{}': the service cannot be reached; {}", limiter, words);
    }
  }

  /** The service has answered. */
  void answered() {
    if (failing.get() && clock.getAsLong() - lastAt >= calm && failing.compareAndSet(true, false)) {
      LOG.info("Limiter '{}': the service decides again", limiter);
    }
  }
}
