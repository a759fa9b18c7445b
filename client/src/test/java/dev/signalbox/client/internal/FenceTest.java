package dev.signalbox.client.internal;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.fixtures.FakeTicker;
import dev.signalbox.server.Rule;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Rule("L4")
class FenceTest {
  private final FakeTicker ticker = new FakeTicker();
  private final AtomicInteger falls = new AtomicInteger();
  private final Fence fence = new Fence(inSeconds(10), ticker, falls::incrementAndGet);

  private long inSeconds(long seconds) {
    return ticker.nanoTime() + ofSeconds(seconds).toNanos();
  }

  @Test
  void stands_untilItsTime() {
    ticker.advance(ofSeconds(10).minusNanos(1));
    assertThat(fence.stands()).isTrue();
    ticker.advance(ofSeconds(0).plusNanos(1));
    assertThat(fence.stands()).isFalse();
  }

  @Test
  void stands_whenMoved() {
    fence.moveTo(inSeconds(20));
    ticker.advance(ofSeconds(19));
    assertThat(fence.stands()).isTrue();
  }

  @Test
  void staysDown_onceItWasSeenPassed() {
    ticker.advance(ofSeconds(10));
    assertThat(fence.stands()).isFalse();
    fence.moveTo(inSeconds(20));
    assertThat(fence.stands()).isFalse();
  }

  @Test
  void staysDown_evenIfNobodyLookedBeforeTheMove() {
    ticker.advance(ofSeconds(11));
    fence.moveTo(inSeconds(20));
    assertThat(fence.stands()).isFalse();
  }

  @Test
  void fallIsTold_once() {
    ticker.advance(ofSeconds(10));
    assertThat(fence.stands()).isFalse();
    assertThat(fence.stands()).isFalse();
    assertThat(falls).hasValue(1);
  }

  @Test
  void fallIsNotTold_whenBroughtDown() {
    fence.bringDown();
    assertThat(fence.stands()).isFalse();
    assertThat(falls).hasValue(0);
  }

  @Test
  void notAfter_movesNearerOnly() {
    fence.notAfter(inSeconds(20));
    assertThat(fence.remaining()).isEqualTo(ofSeconds(10).toNanos());
    fence.notAfter(inSeconds(5));
    assertThat(fence.remaining()).isEqualTo(ofSeconds(5).toNanos());
  }
}
