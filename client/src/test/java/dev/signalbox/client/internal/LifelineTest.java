package dev.signalbox.client.internal;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.fixtures.FakeTicker;
import dev.signalbox.server.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifelineTest {
  private final FakeTicker ticker = new FakeTicker();
  private final Lifeline lifeline = lifeline(-1);

  private Lifeline lifeline(long endAfterBreak) {
    return new Lifeline(ofSeconds(10).toNanos(), endAfterBreak, ticker, () -> {});
  }

  private Duration remaining(Lifeline of) {
    return Duration.ofNanos(of.fence().remaining());
  }

  @Test
  @Rule("L4")
  void leaseRuns_fromTheSendingOfTheAcknowledgedFrame_lessAMargin() {
    lifeline.nextFrame();
    ticker.advance(ofSeconds(2));
    lifeline.nextFrame();
    ticker.advance(ofSeconds(3));
    lifeline.renewedThrough(2);
    assertThat(remaining(lifeline)).isEqualTo(ofSeconds(10 - 3 - 1));
  }

  @Test
  @Rule("L4")
  void frameThatWasNotAcknowledged_renewsNothing() {
    lifeline.nextFrame();
    lifeline.renewedThrough(1);
    ticker.advance(ofSeconds(5));
    lifeline.nextFrame();
    lifeline.renewedThrough(1);
    assertThat(remaining(lifeline)).isEqualTo(ofSeconds(4));
  }

  @Test
  void margin_isATenthOfTheLease_andAtLeast50Milliseconds() {
    assertThat(Lifeline.margin(ofSeconds(10).toNanos())).isEqualTo(ofSeconds(1).toNanos());
    assertThat(Lifeline.margin(ofMillis(100).toNanos())).isEqualTo(ofMillis(50).toNanos());
  }

  @Test
  void leaseGrantedByTheServer_counts() {
    lifeline.nextFrame();
    lifeline.granted(ofSeconds(5).toNanos());
    lifeline.renewedThrough(1);
    assertThat(remaining(lifeline)).isEqualTo(ofMillis(4_500));
  }

  @Test
  @Rule("L1")
  void heartbeatIsDue_whenNothingWasSentForAThirdOfTheLease() {
    lifeline.nextFrame();
    ticker.advance(ofMillis(3_333));
    assertThat(lifeline.heartbeatDue()).isFalse();
    ticker.advance(ofMillis(1));
    assertThat(lifeline.heartbeatDue()).isTrue();
    lifeline.nextFrame();
    assertThat(lifeline.heartbeatDue()).isFalse();
  }

  @Test
  @Rule("L4")
  void jeopardyBegins_onceAtHalfOfTheLeaseWithoutAnAnswer() {
    lifeline.nextFrame();
    ticker.advance(ofMillis(4_999));
    assertThat(lifeline.jeopardyBegins()).isFalse();
    ticker.advance(ofMillis(1));
    assertThat(lifeline.jeopardyBegins()).isTrue();
    assertThat(lifeline.jeopardyBegins()).isFalse();
  }

  @Test
  @Rule("L4")
  void jeopardyBeginsAgain_afterARenewal() {
    ticker.advance(ofSeconds(5));
    assertThat(lifeline.jeopardyBegins()).isTrue();
    lifeline.renewedThrough(lifeline.nextFrame());
    assertThat(lifeline.jeopardyBegins()).isFalse();
    ticker.advance(ofSeconds(5));
    assertThat(lifeline.jeopardyBegins()).isTrue();
  }

  @Test
  @Rule("L9")
  void brokenStream_bringsTheFenceNearer_onlyIfChosen() {
    lifeline.broken();
    assertThat(remaining(lifeline)).isEqualTo(ofSeconds(9));
    Lifeline brief = lifeline(ofSeconds(2).toNanos());
    brief.broken();
    assertThat(remaining(brief)).isEqualTo(ofMillis(1_800));
  }

  @Test
  @Rule("L9")
  void brokenStream_endsASessionThatEndsWithIt() {
    Lifeline brief = lifeline(0);
    brief.broken();
    assertThat(brief.fence().stands()).isFalse();
  }
}
