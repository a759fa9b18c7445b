package dev.signalbox.server.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.FakeClock;
import dev.signalbox.server.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@Rule("L3")
class LogClockTest {
  private final FakeClock nanos = new FakeClock();
  private final LogClock clock = new LogClock(nanos, 1_000);

  @Test
  void freshLog_startsAtItsFirstTime_andGoesByTheMonotonicClock() {
    assertThat(clock.now()).isEqualTo(1_000);
    nanos.advance(Duration.ofMillis(5));

    assertThat(clock.now()).isEqualTo(6_000);
  }

  @Test
  void newLeader_goesOnFromTheLastEntry_however_farItIs() {
    nanos.advance(Duration.ofSeconds(1));
    clock.continueFrom(77);
    assertThat(clock.now()).isEqualTo(77);
    nanos.advance(Duration.ofNanos(2_999));

    assertThat(clock.now()).isEqualTo(79);
  }

  @Test
  void logWithoutEntries_startsAtItsFirstTime() {
    nanos.advance(Duration.ofSeconds(1));
    clock.continueFrom(0);

    assertThat(clock.now()).isEqualTo(1_000);
  }
}
