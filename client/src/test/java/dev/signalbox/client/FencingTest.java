package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.SessionLost;
import dev.signalbox.client.fixtures.ScriptedService;
import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.server.Rule;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Request;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FencingTest extends WithScript {
  @Test
  @Rule("L4")
  void processThatWasSuspended_seesAtOnceThatItHoldsNothing() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    Permit permit = granted(semaphore(client, stream, "a"), stream, 1);
    CompletableFuture<LossReason> lost = new CompletableFuture<>();
    permit.onLost(lost::complete);
    assertThat(permit.isHeld()).isTrue();

    ticker.advance(ofMinutes(1));
    assertThat(permit.isHeld()).isFalse();
    assertThatThrownBy(permit::ensureHeld).isInstanceOf(SessionLost.class);
    assertThat(lost.get()).isEqualTo(LossReason.SESSION_LOST);
    assertThat(opened().hasFrame()).isFalse();
    assertThat(permit.isHeld()).isFalse();
    eventually().until(() -> recorder.heard.equals(List.of("opened", "lost", "opened")));
  }

  @Test
  @Rule("L4")
  void fenceIsPassed_beforeTheServersLeaseCanEnd() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    ticker.advance(ofSeconds(1));
    CompletableFuture<Permit> wanted = a.acquireAsync();
    Request acquire = stream.nextRequest();
    ticker.advance(ofSeconds(2));
    stream.reply(ScriptedStream.granted(acquire, ScriptedStream.grantId(1)));
    Permit permit = wanted.get();

    // The last acknowledged frame was sent 2 s ago, so the server's 10 s end in 8 s at the
    // earliest.
    ticker.advance(ofMillis(6_999));
    assertThat(permit.isHeld()).isTrue();
    ticker.advance(ofMillis(1));
    assertThat(permit.isHeld()).isFalse();
  }

  @Test
  @Rule("L4")
  void lateGrant_neverComesToLife() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    CompletableFuture<Permit> wanted = a.acquireAsync();
    Request acquire = stream.nextRequest();
    ticker.advance(ofSeconds(9));
    stream.reply(ScriptedStream.granted(acquire, ScriptedStream.grantId(1)));
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(wanted::get)
        .havingCause()
        .isInstanceOfSatisfying(
            SessionLost.class, e -> assertThat(e.conclusion()).isEqualTo(Conclusion.NOT_DONE));
    assertThat(stream.isGone()).isTrue();
    assertThat(opened().hasFrame()).isFalse();
  }

  @Test
  @Rule("L1")
  void idleClient_sendsHeartbeats_andKeepsItsPermits() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = opened();
    RemoteSemaphore a = semaphore(client, stream, "a");
    Permit permit = granted(a, stream, 100);
    List<CompletableFuture<LossReason>> markers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      CompletableFuture<LossReason> marker = new CompletableFuture<>();
      granted(a, stream, i).onLost(marker::complete);
      markers.add(marker);
    }
    for (int i = 0; i < 6; i++) {
      ticker.advance(ofMillis(3_334));
      ClientFrame heartbeat = stream.nextFrame();
      assertThat(heartbeat.getRequestsList()).isEmpty();
      stream.renew();
      stream.recall(ScriptedStream.grantId(i));
      assertThat(markers.get(i).get()).isEqualTo(LossReason.NO_LONGER_KNOWN);
      assertThat(permit.isHeld()).isTrue();
    }
    assertThat(recorder.heard).containsExactly("opened");
  }

  @Test
  @Rule("L4")
  void halfOfTheLeaseWithoutAnAnswer_isJeopardy_andAnotherConnectionIsTried() throws Exception {
    SignalboxClient client = client();
    ScriptedStream first = opened();
    Permit permit = granted(semaphore(client, first, "a"), first, 1);
    ticker.advance(ofSeconds(5));
    ScriptedStream second = service().nextStream();
    assertThat(second.resume(ScriptedStream.grantId(1)).hasResume()).isTrue();
    eventually()
        .until(
            () -> recorder.heard.equals(List.of("opened", "jeopardy", "disconnected", "resumed")));
    ticker.advance(ofMillis(4_900));
    assertThat(permit.isHeld()).isTrue();
  }

  @Test
  @Rule({"L4", "L5"})
  void serverThatFellSilent_isNotTriedFirst() throws Exception {
    try (ScriptedService other = ScriptedService.start()) {
      SignalboxClient client = started(builder().target(other.target()));
      ScriptedStream first = opened();
      Permit permit = granted(semaphore(client, first, "a"), first, 1);
      ticker.advance(ofSeconds(5));
      assertThat(other.nextStream().resume(ScriptedStream.grantId(1)).hasResume()).isTrue();
      eventually().until(() -> client.state() == ClientState.CONNECTED);
      assertThat(permit.isHeld()).isTrue();
    }
  }

  @Test
  @Rule({"L4", "L5"})
  void serversThatAreAllSilentButOne_leaveTimeToFindThatOne() throws Exception {
    try (ScriptedService second = ScriptedService.start();
        ScriptedService third = ScriptedService.start()) {
      SignalboxClient client = started(builder().target(second.target()).target(third.target()));
      ScriptedStream first = opened();
      Permit permit = granted(semaphore(client, first, "a"), first, 1);
      ticker.advance(ofSeconds(5));
      assertThat(second.nextStream().nextFrame().hasResume()).isTrue();
      ticker.advance(ofMillis(1_667));
      assertThat(third.nextStream().resume(ScriptedStream.grantId(1)).hasResume()).isTrue();
      eventually().until(() -> client.state() == ClientState.CONNECTED);
      assertThat(permit.isHeld()).isTrue();
    }
  }

  @Test
  void serverThatIsSlow_hasItsTime_whenNoOtherIsLeftToTry() throws Exception {
    try (ScriptedService other = ScriptedService.start()) {
      SignalboxClient client = started(builder().target(other.target()));
      service().nextStream().end(Status.UNAVAILABLE, "NOT_LEADER");
      ScriptedStream slow = other.nextStream();
      ticker.advance(ofMillis(3_333));
      assertThat(semaphore(client, slow.open(10_000), "a").name()).isEqualTo("a");
    }
  }

  @Test
  @Rule("L9")
  void sessionThatEndsWithItsStream_isLostWhenItBreaks() throws Exception {
    SignalboxClient client = started(builder().endAfterBreak(Duration.ZERO));
    ScriptedStream first = opened();
    Permit permit = granted(semaphore(client, first, "a"), first, 1);
    first.end(Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = opened();
    assertThat(permit.isHeld()).isFalse();
    assertThat(second.hasFrame()).isFalse();
  }

  @Test
  @Rule("L9")
  void sessionThatOutlivesItsStreamBriefly_isFencedInThatTime_unlessItResumes() throws Exception {
    SignalboxClient client = started(builder().endAfterBreak(ofSeconds(2)));
    ScriptedStream first = opened();
    Permit permit = granted(semaphore(client, first, "a"), first, 1);
    first.end(Status.UNAVAILABLE, "GOING_AWAY");
    ScriptedStream second = service().nextStream();
    assertThat(second.nextFrame().hasResume()).isTrue();
    ticker.advance(ofMillis(1_799));
    assertThat(permit.isHeld()).isTrue();
    ticker.advance(ofMillis(1));
    assertThat(permit.isHeld()).isFalse();
  }
}
