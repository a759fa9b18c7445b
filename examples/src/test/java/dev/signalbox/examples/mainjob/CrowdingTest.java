package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdingTest {
  @Test
  void highest_ofOverlappingIntervals_countsThoseInsideTogether() {
    Crowding crowding =
        crowding(interval(0, 10), interval(5, 15), interval(9, 20), interval(16, 30));
    assertThat(crowding.highest()).isEqualTo(3);
  }

  @Test
  void highest_whenOneLeavesAsTheNextEnters_doesNotCountBoth() {
    assertThat(crowding(interval(0, 10), interval(10, 20)).highest()).isEqualTo(1);
  }

  @Test
  void highest_ofNothing_isZero() {
    assertThat(crowding().highest()).isZero();
  }

  @Test
  void firstAbove_isTheMomentAtWhichTheNumberWasExceeded() {
    Crowding crowding = crowding(interval(0, 30), interval(12, 40), interval(50, 60));
    assertThat(crowding.firstAbove(1, 0)).hasValue(12);
  }

  @Test
  void firstAbove_beforeTheGivenMoment_doesNotCount() {
    Crowding crowding =
        crowding(interval(0, 10), interval(2, 10), interval(20, 30), interval(22, 30));
    assertThat(crowding.firstAbove(1, 15)).hasValue(22);
    assertThat(crowding.firstAbove(1, 25)).isEmpty();
    assertThat(crowding.firstAbove(2, 0)).isEmpty();
  }

  private static Crowding crowding(Interval... intervals) {
    return new Crowding(List.of(intervals));
  }

  private static Interval interval(long begin, long end) {
    return new Interval("w", 1, begin, end, false);
  }
}
