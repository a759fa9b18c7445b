package dev.signalbox.systemtests.linear;

import dev.signalbox.systemtests.linear.Attempt.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Right answers to the random calls of a single thread, which leave nothing open. */
final class Alone {
  private static final int CALLS = 60;
  private static final int MAXIMUM = 2;

  private final SplittableRandom random;
  private final int[] counts = {1, 1};
  private long clock;

  private Alone(long seed) {
    random = new SplittableRandom(seed);
  }

  static Concurrent history(long seed) {
    Alone alone = new Alone(seed);
    List<Attempt> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(alone.call());
    }
    List<Integer> left = List.of(alone.counts[0], alone.counts[1]);
    return new Concurrent(seed, 1, 2, 1, MAXIMUM, left, calls);
  }

  private Attempt call() {
    long begun = ++clock;
    int semaphore = random.nextInt(2);
    Attempt answered =
        switch (random.nextInt(6)) {
          case 0, 1 -> release(Attempt.release(0, semaphore, 1).at(begun), semaphore);
          case 2 -> Attempt.query(0, semaphore).at(begun).seen(counts[semaphore]);
          case 3 -> wait(Attempt.wait(0, semaphore, 0).at(begun), semaphore);
          case 4 -> any(Attempt.waitFor(0, Op.WAIT_ANY, 0).at(begun));
          default -> all(Attempt.waitFor(0, Op.WAIT_ALL, 0).at(begun));
        };
    return answered.endedAt(++clock);
  }

  private Attempt release(Attempt call, int semaphore) {
    int before = counts[semaphore];
    if (before == MAXIMUM) {
      return call.refused(Attempt.TOO_MANY_POSTS);
    }
    counts[semaphore]++;
    return call.released(before);
  }

  private Attempt wait(Attempt call, int semaphore) {
    return call.waited(take(semaphore), null);
  }

  private Attempt any(Attempt call) {
    if (take(0)) {
      return call.waited(true, 0);
    }
    return take(1) ? call.waited(true, 1) : call.waited(false, null);
  }

  private Attempt all(Attempt call) {
    boolean able = counts[0] > 0 && counts[1] > 0;
    return call.waited(able && take(0) && take(1), null);
  }

  private boolean take(int semaphore) {
    boolean able = counts[semaphore] > 0;
    counts[semaphore] -= able ? 1 : 0;
    return able;
  }
}
