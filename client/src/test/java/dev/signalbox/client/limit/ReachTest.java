package dev.signalbox.client.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.ClientState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReachTest {
  private final FakeClient service = new FakeClient();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 500);

  private Reach reach() {
    return Reach.of(service.client(), 1_000, now::get);
  }

  @Test
  void clientThatNeverConnected_isOutWhenPatienceEnds() {
    service.state = ClientState.CONNECTING;
    Reach reach = reach();
    now.addAndGet(999);
    assertThat(reach.isOut()).isFalse();
    now.addAndGet(1);
    assertThat(reach.isOut()).isTrue();
    assertThat(reach.isSilent()).isFalse();
    service.state = ClientState.CONNECTED;
    assertThat(reach.isOut()).isFalse();
    service.listeners.forEach(listener -> listener.sessionOpened());
    assertThat(reach.isOut()).isFalse();
  }

  @Test
  void brokenConnection_isOutWhenPatienceEnds_untilItIsResumed() {
    Reach reach = reach();
    now.addAndGet(5_000);
    service.disconnect();
    now.addAndGet(600);
    service.listeners.forEach(listener -> listener.sessionLost());
    now.addAndGet(399);
    assertThat(reach.isOut()).isFalse();
    now.addAndGet(1);
    assertThat(reach.isOut()).isTrue();
    service.resume();
    assertThat(reach.isOut()).isFalse();
    now.addAndGet(5_000);
    service.disconnect();
    assertThat(reach.isOut()).isFalse();
  }

  @Test
  void shortBreaks_neverAddUp() {
    Reach reach = reach();
    for (int i = 0; i < 10; i++) {
      service.disconnect();
      now.addAndGet(900);
      assertThat(reach.isOut()).isFalse();
      service.resume();
    }
  }

  @Test
  void halfOfTheLeaseWithoutAnAnswer_isOutAtOnce() {
    Reach reach = reach();
    service.listeners.forEach(listener -> listener.jeopardy(Duration.ofSeconds(7)));
    assertThat(reach.isOut()).isTrue();
    service.disconnect();
    assertThat(reach.isOut()).isTrue();
    service.resume();
    assertThat(reach.isOut()).isFalse();
  }

  @Test
  void unansweredQuestion_isSilenceOnlyIfNothingElseWasAnswered() {
    Reach reach = reach();
    now.addAndGet(5_000);
    reach.heard();
    now.addAndGet(999);
    reach.unanswered();
    assertThat(reach.isOut()).isFalse();
    now.addAndGet(1);
    reach.unanswered();
    assertThat(reach.isOut()).isTrue();
    assertThat(reach.isSilent()).isTrue();
    reach.heard();
    assertThat(reach.isOut()).isFalse();
  }

  @Test
  void closedClient_isNeverOut() {
    Reach reach = reach();
    service.disconnect();
    now.addAndGet(5_000);
    service.state = ClientState.CLOSED;
    assertThat(reach.isOut()).isFalse();
  }
}
