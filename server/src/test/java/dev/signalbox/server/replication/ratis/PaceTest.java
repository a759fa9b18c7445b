package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final FakeClock clock = new FakeClock();
  private final Pace pace = new Pace(clock);

  @Test
  void disk_ofWhichNothingIsKnown_isPrompt() {
    assertThat(pace.isPrompt()).isTrue();
    assertThat(pace.stalledNanos()).isZero();
  }

  @Test
  void oneSlowWrite_amongFastOnes_changesNothing() {
    write(Duration.ofNanos(100_000), 20);
    write(Duration.ofSeconds(3), 1);
    write(Duration.ofNanos(100_000), 1);

    assertThat(pace.isPrompt()).isTrue();
  }

  @Test
  void slowDisk_isNotPrompt_untilItIsFastAgain() {
    write(Duration.ofMillis(5), 3);
    assertThat(pace.isPrompt()).isFalse();

    write(Duration.ofNanos(100_000), 20);
    assertThat(pace.isPrompt()).isTrue();
  }

  @Test
  void writeUnderWay_stallsForAsLongAsItTakes() {
    pace.begin();
    clock.advance(Duration.ofSeconds(2));
    assertThat(pace.stalledNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());

    pace.end();
    assertThat(pace.stalledNanos()).isZero();
  }

  private void write(Duration each, int times) {
    for (int i = 0; i < times; i++) {
      pace.begin();
      clock.advance(each);
      pace.end();
    }
  }
}
