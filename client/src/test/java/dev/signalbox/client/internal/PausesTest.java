package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PausesTest {
  @Test
  void pausesOverOneServer_doubleUpToTheLongest() {
    assertThat(millis(new Pauses(1, TimeUnit.MILLISECONDS.toNanos(100)), 5))
        .containsExactly(20, 40, 80, 100, 100);
  }

  @Test
  void pausesOverSeveralServers_growFromRoundToRound() {
    assertThat(millis(new Pauses(3, TimeUnit.SECONDS.toNanos(1)), 12))
        .containsExactly(20, 20, 20, 20, 20, 40, 20, 20, 80, 20, 20, 160);
  }

  @Test
  void pauseAfterMoreFailuresThanCanBeDoubled_isTheLongest() {
    Pauses pauses = new Pauses(1, TimeUnit.SECONDS.toNanos(1));
    assertThat(pauses.after(Integer.MAX_VALUE)).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  private static long[] millis(Pauses pauses, int failures) {
    return IntStream.rangeClosed(1, failures)
        .mapToLong(after -> TimeUnit.NANOSECONDS.toMillis(pauses.after(after)))
        .toArray();
  }
}
