package dev.signalbox.benchmarks.load;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who holds, and fails if they are ever more than the maximum. */
final class Holders {
  private final AtomicInteger holding = new AtomicInteger();
  private final String what;
  private final int max;

  Holders(String what, int max) {
    this.what = what;
    this.max = max;
  }

  /** Called by whoever has just been granted a permit. */
  void enter() {
    int now = holding.incrementAndGet();
    if (now > max) {
      throw new IllegalStateException(now + " holders of " + what + ", whose maximum is " + max);
    }
  }

  /** Called by whoever is about to give its permit back. */
  void leave() {
    holding.decrementAndGet();
  }
}
