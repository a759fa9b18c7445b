package dev.signalbox.systemtests.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How long nobody got an answer when something had happened to a server. */
final class Outage {
  private Outage() {}

  /**
   * The longest time without any good answer to anybody that overlaps each of some stretches; what
   * lies beyond the end of a stretch is left out, as it is due to the next fault.
   *
   * @param answers when good answers came, in nanoseconds, in any order
   * @param faults when each fault happened, in order; a stretch lasts until the next fault
   * @param end when the last stretch ended
   */
  static List<Duration> after(long[] answers, List<Long> faults, long end) {
    long[] sorted = answers.clone();
    Arrays.sort(sorted);
    List<Duration> outages = new ArrayList<>();
    for (int i = 0; i < faults.size(); i++) {
      long until = i + 1 < faults.size() ? faults.get(i + 1) : end;
      outages.add(Duration.ofNanos(longestGap(sorted, faults.get(i), until)));
    }
    return outages;
  }

  /** Prints how long something took, over all times that it was done. */
  static void say(String what, List<Duration> times) {
    System.out.printf(
        "%s: median %d ms, worst %d ms of %d%n",
        what, median(times).toMillis(), worst(times).toMillis(), times.size());
  }

  /** The middle one, the higher of two. */
  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  static Duration worst(List<Duration> durations) {
    return durations.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  private static long longestGap(long[] sorted, long from, long until) {
    int next = insertion(sorted, from);
    long last = next == 0 ? from : sorted[next - 1];
    long longest = 0;
    while (next < sorted.length && last < until) {
      longest = Math.max(longest, Math.min(sorted[next], until) - last);
      last = sorted[next++];
    }
    return last < until ? Math.max(longest, until - last) : longest;
  }

  private static int insertion(long[] sorted, long key) {
    int found = Arrays.binarySearch(sorted, key);
    return found < 0 ? -found - 1 : found;
  }
}
