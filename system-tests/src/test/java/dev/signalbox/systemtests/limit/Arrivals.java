package dev.signalbox.systemtests.limit;

import java.util.Arrays;

/** When calls arrived somewhere, by one clock, in nanoseconds. Immutable. */
final class Arrivals {
  private static final long SECOND = 1_000_000_000;

  /** In order. */
  private final long[] nanos;

  private Arrivals(long[] nanos) {
    this.nanos = nanos;
  }

  static Arrivals of(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Arrivals(sorted);
  }

  int count() {
    return nanos.length;
  }

  /** How many there were at most in any second, wherever it begins. */
  int mostInASecond() {
    int most = 0;
    for (int last = 0, first = 0; last < nanos.length; last++) {
      first = firstOfTheSecondTo(last, first);
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  /** How many ended a second in which there were more than so many. */
  int excesses(int limit) {
    int excesses = 0;
    for (int last = 0, first = 0; last < nanos.length; last++) {
      first = firstOfTheSecondTo(last, first);
      excesses += last - first + 1 > limit ? 1 : 0;
    }
    return excesses;
  }

  /** Two that lie a whole second apart are not within one. */
  private int firstOfTheSecondTo(int last, int from) {
    int first = from;
    while (nanos[last] - nanos[first] >= SECOND) {
      first++;
    }
    return first;
  }

  /** The longest time without any, in nanoseconds. */
  long longestGap() {
    long longest = 0;
    for (int i = 1; i < nanos.length; i++) {
      longest = Math.max(longest, nanos[i] - nanos[i - 1]);
    }
    return longest;
  }

  /** The first that is not before that moment; the moment itself if there is none. */
  long firstFrom(long moment) {
    return Arrays.stream(nanos).filter(nano -> nano >= moment).findFirst().orElse(moment);
  }

  /** How many there were from one moment until another. */
  int between(long from, long until) {
    return (int) Arrays.stream(nanos).filter(nano -> nano >= from && nano < until).count();
  }
}
