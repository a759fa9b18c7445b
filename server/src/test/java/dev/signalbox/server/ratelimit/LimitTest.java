package dev.signalbox.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.core.Refill;
import org.junit.jupiter.api.Test;

class LimitTest {
  @Test
  void hits_comeBackInTheirShareOfTheUnit_roundedUp() {
    Limit limit = new Limit(7, Unit.SECOND, 20);
    assertThat(limit.microsFor(0)).isZero();
    assertThat(limit.microsFor(1)).isEqualTo(142_858);
    assertThat(limit.microsFor(7)).isEqualTo(1_000_000);
    assertThat(limit.microsFor(20)).isEqualTo(2_857_143);
  }

  @Test
  void largestNumbers_doNotOverflow() {
    Limit most = Limit.of(Integer.MAX_VALUE, Unit.SECOND);
    assertThat(most.microsFor(Integer.MAX_VALUE)).isEqualTo(1_000_000);
    Limit slow = new Limit(1, Unit.DAY, 364);
    assertThat(slow.microsFor(364)).isEqualTo(364L * 86_400_000_000L);
    assertThat(slow.config().idleTtlMicros()).isEqualTo(364L * 86_400_000_000L);
  }

  @Test
  void semaphore_refillsByTheUnit_andIsForgottenWhenItIsSurelyFull() {
    Limit limit = new Limit(10, Unit.MINUTE, 30);
    assertThat(limit.config().refill()).isEqualTo(new Refill(10, 60_000_000));
    assertThat(limit.config().maxCount()).isEqualTo(30);
    assertThat(limit.config().idleTtlMicros()).isEqualTo(180_000_000);
    assertThat(Limit.of(100, Unit.SECOND).config().idleTtlMicros()).isEqualTo(60_000_000);
  }
}
