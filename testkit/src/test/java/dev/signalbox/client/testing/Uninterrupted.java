package dev.signalbox.client.testing;

import java.util.concurrent.CountDownLatch;

/** Waits in code that may not throw. */
final class Uninterrupted {
  private Uninterrupted() {}

  static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
