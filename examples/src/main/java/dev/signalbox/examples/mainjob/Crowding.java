package dev.signalbox.examples.mainjob;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** How many were inside at once, from the intervals that the workers wrote. */
final class Crowding {
  /** Somebody goes in (+1) or out (-1). */
  private record Step(long at, int change) {}

  /** In order of time; at one and the same microsecond those who leave go first. */
  private static final Comparator<Step> ORDER =
      Comparator.comparingLong(Step::at).thenComparingInt(Step::change);

  private final List<Step> steps = new ArrayList<>();

  /** Takes intervals that all have an end. */
  Crowding(List<Interval> intervals) {
    for (Interval interval : intervals) {
      steps.add(new Step(interval.begin(), 1));
      steps.add(new Step(interval.end(), -1));
    }
    steps.sort(ORDER);
  }

  /** The highest number ever inside. */
  int highest() {
    int inside = 0;
    int highest = 0;
    for (Step step : steps) {
      inside += step.change();
      highest = Math.max(highest, inside);
    }
    return highest;
  }

  /** The first moment from the given one on at which more than so many were inside. */
  OptionalLong firstAbove(int number, long from) {
    int inside = 0;
    for (Step step : steps) {
      inside += step.change();
      if (inside > number && step.at() >= from) {
        return OptionalLong.of(step.at());
      }
    }
    return OptionalLong.empty();
  }
}
