package dev.signalbox.sample.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Stands for something that others made: slow, and broken by too many calls at once. */
@Component
final class Ledger {
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger highest = new AtomicInteger();
  private final AtomicInteger booked = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final int breaksAbove;
  private final Duration takes;

  Ledger(
      @Value("${ledger.breaks-above}") int breaksAbove, @Value("${ledger.takes}") Duration takes) {
    this.breaksAbove = breaksAbove;
    this.takes = takes;
  }

  /** Books, and says the number of the entry. */
  int book() throws InterruptedException {
    int together = now.incrementAndGet();
    try {
      highest.accumulateAndGet(together, Math::max);
      Thread.sleep(takes.toMillis());
      if (together > breaksAbove) {
        broken.incrementAndGet();
        throw new IllegalStateException(together + " calls at once");
      }
      return booked.incrementAndGet();
    } finally {
      now.decrementAndGet();
    }
  }

  /** What it has seen. */
  Figures figures() {
    return new Figures(highest.get(), booked.get(), broken.get());
  }

  /**
   * What the ledger counted by itself.
   *
   * @param highest the most calls that it ever saw at once
   * @param booked calls that went well
   * @param broken calls that failed because of too many at once
   */
  record Figures(int highest, int booked, int broken) {}
}
