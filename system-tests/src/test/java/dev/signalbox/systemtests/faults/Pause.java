package dev.signalbox.systemtests.faults;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Times in which a test lets others work. */
final class Pause {
  private static final int SHORTEST_MILLIS = 1_000;
  private static final int LONGEST_MILLIS = 2_500;

  private Pause() {}

  /** A time of work between two faults, of random length. */
  static void ofWork() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(
        ThreadLocalRandom.current().nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
  }
}
