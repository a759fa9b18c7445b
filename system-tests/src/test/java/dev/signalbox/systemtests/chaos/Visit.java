package dev.signalbox.systemtests.chaos;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One stay inside, from after its acquire returned until before its release was sent.
 *
 * @param from nanoseconds of this machine's monotonic clock
 * @param until likewise
 */
record Visit(long from, long until) {
  private record Step(long at, int change) {}

  static Visit parse(String line) {
    int space = line.indexOf(' ');
    return new Visit(
        Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
  }

  /** How many of the visits went on at one time, at the most. */
  static int mostAtOnce(List<Visit> visits) {
    List<Step> steps =
        visits.stream()
            .flatMap(visit -> Stream.of(new Step(visit.from, 1), new Step(visit.until, -1)))
            .sorted(Comparator.comparingLong(Step::at).thenComparingInt(Step::change))
            .toList();
    int inside = 0;
    int most = 0;
    for (Step step : steps) {
      inside += step.change;
      most = Math.max(most, inside);
    }
    return most;
  }

  boolean isWithin(long begin, long end) {
    return begin <= from && from <= until && until <= end;
  }

  @Override
  public String toString() {
    return from + " " + until;
  }
}
