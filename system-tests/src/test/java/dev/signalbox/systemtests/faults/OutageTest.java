package dev.signalbox.systemtests.faults;

import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  @Test
  void outage_isTheLongestTimeWithoutAnAnswer_fromBeforeTheFaultUntilTheNext() {
    assertThat(Outage.after(new long[] {10, 95, 98, 140, 150, 195, 290}, List.of(100L, 200L), 300))
        .containsExactly(ofNanos(45), ofNanos(95));
  }

  @Test
  void outageThatDoesNotEnd_lastsToTheEnd() {
    assertThat(Outage.after(new long[] {10, 20}, List.of(30L), 100)).containsExactly(ofNanos(80));
  }
}
