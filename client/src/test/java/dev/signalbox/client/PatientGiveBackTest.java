package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What gives permits back outlasts a patience that is shorter than the lease. */
@Rule({"L5", "R4"})
class PatientGiveBackTest extends WithServer {
  private RemoteSemaphore seenFromBeside;
  private SignalboxClient client;
  private RemoteSemaphore semaphore;

  @BeforeEach
  void connect() throws Exception {
    seenFromBeside = client().semaphores().create("a", SemaphoreSpec.max(9).initial(3));
    client =
        started(builder().target(network().target()).lease(ofMinutes(1)).patience(ofMillis(200)));
    semaphore = client.semaphores().open("a");
  }

  @Test
  void permitClosedWhileNoServerAnswers_isGivenBackWhenOneDoes() throws Exception {
    Permit permit = semaphore.acquire(2);
    loseServerAnd(permit::close);
    network().restore();

    eventually().until(() -> seenFromBeside.info().held() == 0);
    assertThat(seenFromBeside.info().count()).isEqualTo(3);
  }

  @Test
  void releaseOfSeveral_thatNamesAPermit_isSentWhenAServerAnswers() throws Exception {
    Permit permit = semaphore.acquire(2);
    List<ReleaseItem> items =
        List.of(ReleaseItem.giveBack(permit), ReleaseItem.signal(semaphore, 1));
    loseServerAnd(() -> {
      var unused = client.releaseAsync(items);
    });
    network().restore();

    eventually().until(() -> seenFromBeside.info().held() == 0);
    assertThat(seenFromBeside.info().count()).isEqualTo(4);
  }

  /** Does something while no server answers, and returns when the patience has run out. */
  private void loseServerAnd(Runnable act) {
    network().refuse();
    eventually().until(() -> client.state() == ClientState.DISCONNECTED);
    act.run();
    CompletableFuture<Permit> later = semaphore.acquireAsync();
    assertThatThrownBy(later::get).hasCauseInstanceOf(SignalboxException.Unavailable.class);
  }
}
