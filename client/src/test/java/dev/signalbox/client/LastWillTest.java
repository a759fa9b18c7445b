package dev.signalbox.client;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Rule("L8")
class LastWillTest extends WithServer {
  private RemoteSemaphore done;
  private SignalboxClient remote;
  private RemoteSemaphore same;

  @BeforeEach
  void create() throws Exception {
    done = client().semaphores().create("done", SemaphoreSpec.max(100).initial(0));
    remote =
        started(
            builder().target(network().target()).lease(ofMinutes(1)).endAfterBreak(Duration.ZERO));
    same = remote.semaphores().open("done");
  }

  private List<ReleaseItem.Signal> signal(int permits) {
    return List.of(new ReleaseItem.Signal(same, permits));
  }

  @Test
  void sessionThatExpires_hasItsWillCarriedOut() throws Exception {
    LastWill replaced = remote.leaveWill(signal(1));
    replaced.replace(signal(5));
    LastWill cleared = remote.leaveWillAsync(signal(50)).get();
    cleared.clear();
    cleared.clearAsync().get();
    network().cut();
    eventually().until(() -> done.info().count() == 5);
  }

  @Test
  void fulfilledWill_isForgottenInTheSameStep() throws Exception {
    LastWill will = remote.leaveWill(signal(5));
    List<ReleaseItem> items = List.of(ReleaseItem.signal(same, 2));
    assertThat(will.fulfil(items).get(0).previousCount()).isZero();
    network().cut();
    eventually().until(() -> remote.state() == ClientState.CONNECTED);
    assertThat(same.release(1).previousCount()).isEqualTo(2);
  }

  @Test
  void fulfilmentThatIsRefused_leavesTheWill() throws Exception {
    LastWill will = remote.leaveWill(signal(5));
    assertThatThrownBy(() -> will.fulfil(List.of(ReleaseItem.signal(same, 101))))
        .isInstanceOf(SignalboxException.TooManyPosts.class);
    network().cut();
    eventually().until(() -> done.info().count() == 5);
  }

  @Test
  void willWithNothingLeftToRelease_isForgotten() throws Exception {
    LastWill will = remote.leaveWill(signal(5));
    assertThat(will.fulfilAsync(List.of()).get()).isEmpty();
    network().cut();
    eventually().until(() -> remote.state() == ClientState.CONNECTED);
    assertThat(same.release(1).previousCount()).isZero();
  }

  @Test
  void willOfALostSession_isLeftToTheServer() throws Exception {
    Recorder recorder = new Recorder();
    remote.addListener(recorder);
    LastWill will = remote.leaveWill(signal(5));
    network().cut();
    eventually().until(() -> recorder.heard.contains("opened"));
    assertThatThrownBy(() -> will.fulfil(List.of(ReleaseItem.signal(same, 5))))
        .isInstanceOf(SignalboxException.SessionLost.class);
    assertThatThrownBy(() -> will.replace(signal(1)))
        .isInstanceOf(SignalboxException.SessionLost.class);
    assertThatThrownBy(will.replaceAsync(signal(1))::get)
        .hasCauseInstanceOf(SignalboxException.SessionLost.class);
    will.clear();
    eventually().until(() -> done.info().count() == 5);
  }

  @Test
  void closedClient_leavesNoWill() throws Exception {
    var unused = remote.leaveWill(signal(5));
    remote.close();
    assertThat(done.info().count()).isZero();
  }
}
