package dev.signalbox.systemtests.process;

import dev.signalbox.client.SessionListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a client's sessions have been through. */
final class SessionLog implements SessionListener {
  private final CountDownLatch firstOpened = new CountDownLatch(1);
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger resumed = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();

  void awaitOpened() throws InterruptedException {
    firstOpened.await();
  }

  @Override
  public void sessionOpened() {
    opened.incrementAndGet();
    firstOpened.countDown();
  }

  @Override
  public void sessionResumed() {
    resumed.incrementAndGet();
  }

  @Override
  public void sessionLost() {
    lost.incrementAndGet();
  }

  @Override
  public String toString() {
    return "opened " + opened + ", resumed " + resumed + ", lost " + lost;
  }
}
