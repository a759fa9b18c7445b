package dev.signalbox.systemtests.chaos;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One thread that enters and leaves, over and over, until its time is up. */
final class Visitor implements Callable<Report> {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final long LONGEST_STAY = TimeUnit.MILLISECONDS.toNanos(4);

  private final RemoteSemaphore semaphore;
  private final SharedGauge gauge;
  private final SplittableRandom random;
  private final long end;
  private final Report report = new Report();

  Visitor(RemoteSemaphore semaphore, SharedGauge gauge, long seed, long end) {
    this.semaphore = semaphore;
    this.gauge = gauge;
    this.random = new SplittableRandom(seed);
    this.end = end;
  }

  @Override
  public Report call() throws InterruptedException {
    while (System.nanoTime() - end < 0) {
      try {
        visit();
      } catch (SignalboxException e) {
        report.failed(e.reason());
      } catch (CompletionException e) {
        report.failed(String.valueOf(e.getCause()));
      }
    }
    return report;
  }

  private void visit() throws InterruptedException {
    long asked = System.nanoTime();
    Optional<Permit> granted = acquire();
    report.answered(System.nanoTime() - asked);
    if (granted.isPresent()) {
      report.visited(stay(granted.get()));
      giveBack(granted.get());
    }
  }

  /** Waits for ever, waits for a time, or changes its mind. */
  private Optional<Permit> acquire() throws InterruptedException {
    return switch (random.nextInt(3)) {
      case 0 -> Optional.of(semaphore.acquire());
      case 1 -> semaphore.tryAcquire(1, WAIT);
      default -> acquireOrCancel();
    };
  }

  private Optional<Permit> acquireOrCancel() {
    CompletableFuture<Permit> permit = semaphore.acquireAsync();
    LockSupport.parkNanos(random.nextLong(LONGEST_STAY));
    return permit.cancel(false) ? Optional.empty() : Optional.of(permit.join());
  }

  private void giveBack(Permit permit) throws InterruptedException {
    if (random.nextBoolean()) {
      permit.close();
    } else {
      long asked = System.nanoTime();
      permit.release();
      report.answered(System.nanoTime() - asked);
    }
  }

  /** Stays for a moment; the visit counts as long as the permit is seen to be held. */
  private Visit stay(Permit permit) {
    long from = System.nanoTime();
    long until = from;
    long leave = from + random.nextLong(LONGEST_STAY);
    gauge.enter();
    while (until - leave < 0) {
      LockSupport.parkNanos(leave - until);
      long now = System.nanoTime();
      if (!permit.isHeld()) {
        break;
      }
      until = now;
    }
    gauge.leave();
    return new Visit(from, until);
  }
}
