package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final Evidence.Kill KILL = new Evidence.Kill("killed", 1_000, 1_010);

  @Test
  void highest_countsTheKilledUntilTheKillWasSent() {
    Interval cut = Interval.beginning("killed", 1, 900);
    assertThat(evidence(1, cut, living(2, 1_009, 2_000)).highest()).isEqualTo(2);
    assertThat(evidence(1, cut, living(2, 1_010, 2_000)).highest()).isEqualTo(1);
  }

  @Test
  void highest_whenTheKilledShowsALaterSignOfLife_countsItUntilThen() {
    Interval cut = Interval.beginning("killed", 1, 900).alive(1_500);
    assertThat(evidence(1, cut, living(2, 1_400, 2_000)).highest()).isEqualTo(2);
  }

  @Test
  void firstUse_isWhenTheLivingNeedAPermitOfTheKilled() {
    Interval cut = Interval.beginning("killed", 1, 900);
    Evidence evidence = evidence(2, cut, living(2, 950, 9_000), living(3, 4_000, 5_000));
    assertThat(evidence.firstUse()).contains(Duration.ofMillis(3));
    assertThat(evidence.cut()).isEqualTo(1);
  }

  @Test
  void firstUse_whenTheLivingNeverNeedIt_isUnknown() {
    Interval cut = Interval.beginning("killed", 1, 900);
    assertThat(evidence(2, cut, living(2, 950, 9_000)).firstUse()).isEmpty();
    assertThat(evidence(2, living(2, 950, 9_000), living(3, 950, 9_000)).firstUse()).isEmpty();
  }

  @Test
  void file_onceThrough_isAccountedFor() {
    assertThat(evidence(4, living(1, 0, 1)).isAccountedFor(1, 0)).isTrue();
  }

  @Test
  void file_twiceThrough_isAccountedForOnlyIfCountedAsRedone() {
    Evidence evidence = evidence(4, living(1, 0, 1), living(1, 2, 3));
    assertThat(evidence.isAccountedFor(1, 0)).isFalse();
    assertThat(evidence.isAccountedFor(1, 1)).isTrue();
  }

  @Test
  void file_neverThrough_isNotAccountedFor() {
    Evidence evidence = evidence(4, Interval.beginning("killed", 1, 0));
    assertThat(evidence.isAccountedFor(1, 0)).isFalse();
    assertThat(evidence.isAccountedFor(2, 0)).isFalse();
  }

  private static Evidence evidence(int max, Interval... intervals) {
    return Evidence.of(List.of(intervals), KILL, max);
  }

  private static Interval living(int task, long begin, long end) {
    return new Interval("living", task, begin, end, false);
  }
}
