package dev.signalbox.client.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A limiter that lets every call pass at once, and asks beside it what the limits say. */
final class ShadowLimiter implements Limiter {
  /** Questions that may be out at a time. */
  static final int MOST_QUESTIONS = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);

  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private final String name;
  private final Asker asker;
  private final Tally tally;

  ShadowLimiter(String name, Asker asker, Tally tally) {
    this.name = name;
    this.asker = asker;
    this.tally = tally;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Decision decide(LimitKeys keys) {
    return decide(keys, Duration.ZERO);
  }

  @Override
  public Decision decide(LimitKeys keys, Duration wait) {
    String[] names = asker.limits().names(keys);
    long unused = Checks.wait(wait);
    ShadowPass pass = new ShadowPass(this, tally);
    if (!asker.isOutOfReach(names) && takesPlace()) {
      new Question(asker, pass, names, 0).ask();
    } else {
      tally.shadowUndecided.increment();
    }
    return pass;
  }

  private boolean takesPlace() {
    if (questions.get() >= MOST_QUESTIONS) {
      return false;
    }
    boolean room = questions.incrementAndGet() <= MOST_QUESTIONS;
    if (!room) {
      questions.decrementAndGet();
    }
    return room;
  }

  @Override
  public CompletableFuture<Decision> decideAsync(LimitKeys keys, Duration wait) {
    try {
      return CompletableFuture.completedFuture(decide(keys, wait));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** A question is not out any more. */
  void answered() {
    questions.decrementAndGet();
  }

  /** The service refused a question for another reason than the limits: said once. */
  void failed(Throwable cause) {
    if (hasFailed.compareAndSet(false, true)) {
      LOG.warn("Limiter '{}', a shadow: the service cannot tell; said once", name, cause);
    }
  }

  @Override
  public boolean isShadow() {
    return true;
  }

  @Override
  public LimiterMetrics metrics() {
    return tally.metrics();
  }
}
