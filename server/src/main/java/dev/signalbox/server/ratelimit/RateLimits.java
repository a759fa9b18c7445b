package dev.signalbox.server.ratelimit;

import dev.signalbox.server.replication.Sequencer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges requests by the rules of a file, which may change at any time. Every rule is a refilling
 * semaphore, made when it is first needed (Q1); a request takes from all that it falls under, or
 * from none (Q2). Thread-safe.
 */
public final class RateLimits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
  private static final long LOOK_MILLIS = 500;
  private static final int LOOKS_PER_REPORT = 120;

  private final LimitsFile file;
  private final Sequencer sequencer;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread watch = new Thread(this::watch, "signalbox-rate-limits");

  /**
   * By the rules of a file.
   *
   * @param file where the rules are
   * @param sequencer takes the commands
   */
  public RateLimits(LimitsFile file, Sequencer sequencer) {
    this.file = file;
    this.sequencer = sequencer;
    watch.setDaemon(true);
  }

  /** Begins to watch the file. */
  public void start() {
    watch.start();
  }

  /** Stops watching. */
  @Override
  public void close() {
    closed.countDown();
  }

  /**
   * Judges a request, and takes its hits if it is within all of its limits. A descriptor that no
   * rule matches is not limited.
   *
   * @param domain whose rules hold
   * @param descriptors at most 64, as of them an acquire is made (A4)
   * @param decision hears what came of it
   */
  public void decide(String domain, List<Descriptor> descriptors, LimitDecision decision) {
    Question question = new Question(file.rules(), domain, descriptors);
    if (question.buckets().isEmpty()) {
      decision.decided(question.verdict());
    } else {
      sequencer.submit(LimitCheck.of(question, decision, sequencer::submit));
    }
  }

  private void watch() {
    try {
      for (int looks = 1; !closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); looks++) {
        look();
        if (looks % LOOKS_PER_REPORT == 0) {
          report();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      file.look();
    } catch (RuntimeException e) {
      LOG.error("The file of rate limits could not be looked at", e);
    }
  }

  /** What rules in shadow mode would have done, as far as they would have done anything. */
  private void report() {
    file.rules().shadows().forEach(RateLimits::report);
  }

  private static void report(LimitRule rule) {
    Tally.Count count = rule.tally().take();
    if (count.refused() > 0) {
      LOG.info(
          "Shadow rule {} would have refused {} of the last {} requests",
          rule.path(),
          count.refused(),
          count.asked());
    }
  }
}
