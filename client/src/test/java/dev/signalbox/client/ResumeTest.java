package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.SessionLost;
import dev.signalbox.client.fixtures.ScriptedService;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.server.Rule;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.GoingAway;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.ServerFrame;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest extends WithScript {
  @Test
  @Rule({"L5", "E1"})
  void brokenStream_isResumed_andWhatIsUnansweredIsSentAgain_inOrder() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    RemoteSemaphore a = semaphore(client, first, "a");
    CompletableFuture<Permit> one = a.acquireAsync();
    Request requestOne = first.nextRequest();
    CompletableFuture<Permit> two = a.acquireAsync(2);
    Request requestTwo = first.nextRequest();
    first.end(Status.UNAVAILABLE, "GOING_AWAY");

    ScriptedStream second = service().nextStream();
    ClientFrame resume = second.resume();
    assertThat(resume.getFrame()).isGreaterThan(1);
    assertThat(resume.getResume().getLastNumber()).isEqualTo(requestTwo.getNumber());
    assertThat(resume.getResume().getUnansweredList())
        .containsExactly(requestOne.getNumber(), requestTwo.getNumber());
    assertThat(second.nextRequest()).isEqualTo(requestOne);
    assertThat(second.nextRequest()).isEqualTo(requestTwo);
    second.reply(ScriptedStream.granted(requestTwo, ScriptedStream.grantId(2)));
    second.reply(ScriptedStream.granted(requestOne, ScriptedStream.grantId(1)));
    second.reply(ScriptedStream.granted(requestOne, ScriptedStream.grantId(3)));
    assertThat(one.get().id()).endsWith("01");
    assertThat(two.get().id()).endsWith("02");
    eventually().until(() -> recorder.heard.equals(List.of("opened", "disconnected", "resumed")));
    assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
  }

  @Test
  @Rule("E1")
  void answersThatArrived_areAcknowledged() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    CompletableFuture<Permit> waiting = a.acquireAsync();
    Request waits = stream.nextRequest();
    Permit granted = granted(a, stream, 1);
    granted.close();
    ClientFrame frame = stream.nextFrame();
    assertThat(frame.getAcknowledgedThrough()).isEqualTo(waits.getNumber() - 1);
    assertThat(frame.getAcknowledgedList()).containsExactly(waits.getNumber() + 1);
    stream.reply(ScriptedStream.granted(waits, ScriptedStream.grantId(2)));
    waiting.get().close();
    ClientFrame next = stream.nextFrame();
    assertThat(next.getAcknowledgedThrough()).isEqualTo(waits.getNumber() + 1);
    assertThat(next.getAcknowledgedList()).isEmpty();
  }

  @Test
  @Rule("L5")
  void permitThatTheServerNoLongerHolds_isLost_theOthersAreNot() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    RemoteSemaphore a = semaphore(client, first, "a");
    Permit kept = granted(a, first, 1);
    Permit gone = granted(a, first, 2);
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    gone.onLost(lost::complete);
    first.end(Status.UNAVAILABLE, "GOING_AWAY");
    assertThat(service().nextStream().resume(ScriptedStream.grantId(1)).hasResume()).isTrue();
    assertThat(lost.get()).isEqualTo(LossReason.NO_LONGER_KNOWN);
    assertThat(gone.isHeld()).isFalse();
    assertThat(kept.isHeld()).isTrue();
  }

  @Test
  @Rule({"L2", "L5"})
  void sessionThatIsGone_isReplaced_andWhatWasInFlightFails() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    RemoteSemaphore a = semaphore(client, first, "a");
    Permit held = granted(a, first, 1);
    CompletableFuture<Permit> acquire = a.acquireAsync();
    CompletableFuture<?> consume = client.acquireAsync(Acquire.of(a, 1).consume());
    CompletableFuture<?> signal = a.releaseAsync(1);
    for (int i = 0; i < 3; i++) {
      assertThat(first.nextRequest().getNumber()).isPositive();
    }
    first.end(Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = service().nextStream();
    assertThat(second.nextFrame().hasResume()).isTrue();
    CompletableFuture<Permit> unsent = a.acquireAsync(3);
    second.end(Status.FAILED_PRECONDITION, "SESSION_LOST");

    assertLost(acquire, Conclusion.NOT_DONE);
    assertLost(consume, Conclusion.UNKNOWN);
    assertLost(signal, Conclusion.UNKNOWN);
    assertThat(held.isHeld()).isFalse();
    ScriptedStream third = opened();
    Request again = third.nextRequest();
    assertThat(again.getNumber()).isEqualTo(1);
    third.reply(ScriptedStream.granted(again, ScriptedStream.grantId(9)));
    assertThat(unsent.get().isHeld()).isTrue();
    eventually()
        .until(() -> recorder.heard.equals(List.of("opened", "disconnected", "lost", "opened")));
  }

  private static void assertLost(CompletableFuture<?> call, Conclusion conclusion) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(call::get)
        .havingCause()
        .isInstanceOfSatisfying(
            SessionLost.class, e -> assertThat(e.conclusion()).isEqualTo(conclusion));
  }

  @Test
  @Rule("C11")
  void permitOfALostSession_isNeverGivenBackInAnother_theSignalsBesideItAreSent() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    RemoteSemaphore a = semaphore(client, first, "a");
    Permit held = granted(a, first, 1);
    first.end(Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = service().nextStream();
    assertThat(second.nextFrame().hasResume()).isTrue();
    CompletableFuture<List<ReleaseResult>> both =
        client.releaseAsync(List.of(ReleaseItem.giveBack(held), ReleaseItem.signal(a, 2)));
    CompletableFuture<List<ReleaseResult>> alone =
        client.releaseAsync(List.of(ReleaseItem.giveBack(held)));
    second.end(Status.FAILED_PRECONDITION, "SESSION_LOST");

    ScriptedStream third = opened();
    Request release = third.nextRequest();
    assertThat(release.getRelease().getItemsList()).hasSize(1);
    assertThat(release.getRelease().getItems(0).getSignal().getPermits()).isEqualTo(2);
    third.reply(ScriptedStream.released(release));
    assertThat(both.get()).extracting(ReleaseResult::released).containsExactly(false, true);
    assertThat(both.get().get(0).notHeldBecause()).contains(LossReason.SESSION_LOST);
    assertThat(alone.get()).extracting(ReleaseResult::released).containsExactly(false);
  }

  @Test
  @Rule("L2")
  void sessionThatIsEndedByTheServer_isReplaced() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    Permit held = granted(semaphore(client, first, "a"), first, 1);
    first.send(
        ServerFrame.newBuilder()
            .setEnded(
                dev.signalbox.v1.SessionEnded.newBuilder()
                    .setCause(dev.signalbox.v1.SessionEnded.Cause.CAUSE_KILLED)));
    assertThat(opened().hasFrame()).isFalse();
    assertThat(held.isHeld()).isFalse();
    eventually().until(() -> recorder.heard.equals(List.of("opened", "lost", "opened")));
  }

  @Test
  void refusalThatSaysTheSessionIsLost_losesIt() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    RemoteSemaphore a = semaphore(client, first, "a");
    CompletableFuture<Permit> acquire = a.acquireAsync();
    first.reply(ScriptedStream.refused(first.nextRequest(), "SESSION_LOST"));
    assertLost(acquire, Conclusion.NOT_DONE);
    assertThat(opened().hasFrame()).isFalse();
  }

  @Test
  @Rule("L5")
  void serverThatGoesAway_keepsItsStream_untilAnotherHasResumed() throws Exception {
    try (ScriptedService other = ScriptedService.start()) {
      SignalboxClient client = client();
      ScriptedStream first = opened();
      RemoteSemaphore a = semaphore(client, first, "a");
      Permit held = granted(a, first, 1);
      GoingAway elsewhere = GoingAway.newBuilder().addTargets(other.target()).build();
      first.send(ServerFrame.newBuilder().setGoingAway(elsewhere));
      ScriptedStream second = other.nextStream();
      assertThat(client.state()).isEqualTo(ClientState.CONNECTED);
      assertThat(second.resume(ScriptedStream.grantId(1)).hasResume()).isTrue();
      assertThat(first.isGone()).isTrue();
      assertThat(held.isHeld()).isTrue();
      eventually().until(() -> recorder.heard.equals(List.of("opened", "resumed")));
      held.close();
      assertThat(second.nextRequest().hasRelease()).isTrue();
    }
  }

  @Test
  void nodeThatDoesNotLead_namesTheOneThatDoes() throws Exception {
    try (ScriptedService leader = ScriptedService.start()) {
      SignalboxClient client = client();
      ScriptedStream first = service().nextStream();
      assertThat(first.nextFrame().hasOpen()).isTrue();
      first.end(Status.UNAVAILABLE, "NOT_LEADER", leader.target());
      ScriptedStream stream = leader.nextStream().open(10_000);
      assertThat(semaphore(client, stream, "a").name()).isEqualTo("a");
    }
  }

  @Test
  @Rule("L5")
  void nodeThatLeadsNoMore_namesItsSuccessor() throws Exception {
    try (ScriptedService successor = ScriptedService.start()) {
      SignalboxClient client = client();
      ScriptedStream first = opened();
      Permit held = granted(semaphore(client, first, "a"), first, 1);
      first.end(Status.UNAVAILABLE, "NOT_LEADER", successor.target());
      successor.nextStream().resume(ScriptedStream.grantId(1));
      eventually().until(() -> client.state() == ClientState.CONNECTED);
      assertThat(held.isHeld()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:1",
        "no.such.host.invalid:7600",
        "no target: at all",
        "%%:1",
        "host:99999"
      })
  void hintThatLeadsNowhere_doesNotKeepTheClientThere(String hint) throws Exception {
    SignalboxClient client = client();
    for (int i = 0; i < 3; i++) {
      service().nextStream().end(Status.UNAVAILABLE, "NOT_LEADER", hint);
    }
    assertThat(semaphore(client, opened(), "a").name()).isEqualTo("a");
  }

  @Test
  void successorThatIsNotReadyYet_isTriedAgain_whenTheConfiguredServerIsGone() throws Exception {
    try (ScriptedService successor = ScriptedService.start()) {
      SignalboxClient client = client();
      ScriptedStream first = opened();
      first.end(Status.UNAVAILABLE, "NOT_LEADER", successor.target());
      ScriptedStream early = successor.nextStream();
      service().close();
      early.end(Status.UNAVAILABLE, "NOT_LEADER");
      successor.nextStream().end(Status.UNAVAILABLE, "NOT_LEADER");
      successor.nextStream().resume();
      eventually().until(() -> client.state() == ClientState.CONNECTED);
    }
  }

  @Test
  void nodesThatNameEachOther_areTriedWithPauses_andTheOthersToo() throws Exception {
    try (ScriptedService one = ScriptedService.start();
        ScriptedService leader = ScriptedService.start()) {
      SignalboxClient client = started(builder().target(leader.target()));
      service().nextStream().end(Status.UNAVAILABLE, "NOT_LEADER", one.target());
      one.nextStream().end(Status.UNAVAILABLE, "NOT_LEADER", service().target());
      service().nextStream().end(Status.UNAVAILABLE, "NOT_LEADER");
      ScriptedStream stream = leader.nextStream().open(10_000);
      assertThat(semaphore(client, stream, "a").name()).isEqualTo("a");
    }
  }

  @Test
  void targetsAreTried_inTurn() throws Exception {
    try (ScriptedService other = ScriptedService.start()) {
      SignalboxClient client = started(builder().target(other.target()));
      ScriptedStream first = service().nextStream();
      first.end(Status.UNAVAILABLE, "GOING_AWAY");
      assertThat(other.nextStream().open(10_000).hasFrame()).isFalse();
      eventually().until(() -> client.state() == ClientState.CONNECTED);
    }
  }
}
