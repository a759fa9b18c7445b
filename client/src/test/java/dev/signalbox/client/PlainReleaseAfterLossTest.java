package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Rule({"L3", "R5"})
class PlainReleaseAfterLossTest extends WithServer {
  private RemoteSemaphore semaphore;
  private Permit lost;

  @BeforeEach
  void loseTwoOfFivePermits() throws Exception {
    SignalboxClient client = losingClient();
    semaphore = client.semaphores().create("a", SemaphoreSpec.max(9).initial(5));
    lost = semaphore.acquire(2);
    network().refuse();
    eventually().until(() -> !lost.isHeld());
    network().restore();
    eventually().until(() -> semaphore.info().held() == 0);
  }

  @Test
  void whatWasLost_isNotReleasedAgain() throws Exception {
    ReleaseResult result = semaphore.release(2);
    assertThat(result.released()).isFalse();
    assertThat(result.notHeldBecause()).contains(LossReason.SESSION_LOST);
    assertThat(semaphore.info().count()).isEqualTo(5);
    assertThat(semaphore.release(1).previousCount()).isEqualTo(5);
  }

  @Test
  void whatExceedsTheLoss_isASignal() throws Exception {
    ReleaseResult result = semaphore.release(3);
    assertThat(result.released()).isTrue();
    assertThat(result.notHeldBecause()).contains(LossReason.SESSION_LOST);
    assertThat(semaphore.info().count()).isEqualTo(6);
  }

  @Test
  void lossWhosePermitWasClosed_isSettled() throws Exception {
    lost.close();
    assertThat(semaphore.release(1).notHeldBecause()).isEmpty();
    assertThat(semaphore.info().count()).isEqualTo(6);
  }

  @Test
  void refusedRelease_leavesTheLossUnsettled() throws Exception {
    assertThatThrownBy(() -> semaphore.release(9))
        .isInstanceOf(SignalboxException.TooManyPosts.class);
    assertThat(semaphore.release(2).released()).isFalse();
    assertThat(semaphore.info().count()).isEqualTo(5);
  }

  @Test
  void permitGivenBackBefore_isNoLoss() throws Exception {
    Permit kept = semaphore.acquire();
    kept.release();
    assertThat(semaphore.release(2).released()).isFalse();
    assertThat(semaphore.release(1).released()).isTrue();
  }

  /** A client that loses its session as soon as its connection breaks (L9). */
  private SignalboxClient losingClient() {
    return started(
        builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
  }
}
