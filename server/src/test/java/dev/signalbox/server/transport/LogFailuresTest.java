package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.Rule;
import dev.signalbox.server.Wire;
import dev.signalbox.server.WireError;
import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Member;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.ReleaseResult;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.SemaphoreServiceGrpc.SemaphoreServiceFutureStub;
import dev.signalbox.v1.ServerFrame;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What clients see of a log that is slow, full, or led by somebody else. */
class LogFailuresTest extends OnManualLog {
  @Test
  void nodeThatDoesNotLead_saysSoToEveryone() {
    RawStream stream = RawStream.connect(channel);
    stream.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName("x")));

    assertNotLeader(WireError.of(stream.awaitError()));
    assertNotLeader(refusal(signal()));
    assertNotLeader(refusal(unary().listSessions(ListSessionsRequest.getDefaultInstance())));
  }

  @Test
  void nodeThatDoesNotLead_saysWhoDoes() {
    log.leader(new Member("n2", "10.0.0.2:7601", "sb.example.org:7600"));
    RawStream stream = RawStream.connect(channel);
    stream.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName("x")));

    Map<String, String> hint = Map.of("leader", "sb.example.org:7600", "leader_id", "n2");
    assertThat(WireError.of(stream.awaitError()).metadata()).isEqualTo(hint);
    assertThat(refusal(signal()).metadata()).isEqualTo(hint);
    assertThat(refusal(unary().listSessions(ListSessionsRequest.getDefaultInstance())).metadata())
        .isEqualTo(hint);
  }

  @Test
  void nodeThatStops_saysWhereToGo() {
    RawStream stream = lead();
    log.leader(new Member("n2", "10.0.0.2:7601", "sb.example.org:7600"));
    sessions.goingAway();

    assertThat(stream.awaitFrame(ServerFrame::hasGoingAway).getGoingAway().getTargetsList())
        .containsExactly("sb.example.org:7600");
  }

  @Test
  void deposedLeader_doesNotNameItself() {
    log.leader(new Member("n1", "10.0.0.1:7601", "10.0.0.1:7600"));

    assertThat(refusal(signal()).metadata()).isEmpty();
  }

  @Test
  @Rule("E2")
  void reply_isNotSentBeforeTheLogHasTheEntry() {
    RawStream stream = lead();
    stream.send(Wire.create(1, "a", 1));
    Batch batch = log.take();
    stream.awaitRenewed(stream.send(ClientFrame.newBuilder()));
    assertThat(stream.replies(1)).isEmpty();
    log.apply(batch);

    assertThat(stream.reply(1).hasSemaphore()).isTrue();
  }

  @Test
  void fullQueue_refusesWhatIsNew_andTheSessionLivesOn() {
    RawStream stream = lead();
    Future<ReleaseResult> inFlight = signal();
    Batch batch = log.take();
    stream.send(requests(1));
    await().until(sequencer::isFull);

    assertFull(refusal(signal()));
    assertFull(refusal(unary().listSessions(ListSessionsRequest.getDefaultInstance())));
    stream.send(requests(20));
    assertFull(WireError.of(stream.awaitError()));
    log.apply(batch);
    log.apply(log.take());
    assertThat(refusal(inFlight).reason()).isEqualTo("SEMAPHORE_NOT_FOUND");
    RawStream resumed = stream.resume(channel, 9);
    log.apply(log.take());
    assertThat(resumed.awaitFrame(ServerFrame::hasResumed)).isNotNull();
  }

  @Test
  void lostLeadership_endsStreamsAndCalls() {
    RawStream stream = lead();
    Future<ReleaseResult> call = signal();
    Batch batch = log.take();
    log.follow();
    batch.dropped(Failure.UNKNOWN);

    assertNotLeader(WireError.of(stream.awaitError()));
    assertNotLeader(refusal(call));
  }

  @Test
  @Rule({"L1", "L4"})
  void deposedLeader_thatDoesNotKnowYet_renewsNothing() {
    RawStream stream = lead();
    log.depose();
    long heartbeat = stream.send(ClientFrame.newBuilder());

    assertNotLeader(WireError.of(stream.awaitError()));
    assertThat(stream.received()).allMatch(frame -> frame.getRenewedThrough() < heartbeat);
  }

  private RawStream lead() {
    log.lead();
    log.apply(log.take());
    RawStream stream = RawStream.connect(channel);
    stream.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName("x")));
    log.apply(log.take());
    stream.sessionId();
    return stream;
  }

  private static ClientFrame.Builder requests(long first) {
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    for (int i = 0; i < 10; i++) {
      frame.addRequests(Wire.create(first + i, "a" + i, 1));
    }
    return frame;
  }

  private SemaphoreServiceFutureStub unary() {
    return SemaphoreServiceGrpc.newFutureStub(channel);
  }

  private Future<ReleaseResult> signal() {
    return unary()
        .release(ReleaseRequest.newBuilder().setRelease(Wire.signal("missing", 1)).build());
  }

  private static void assertNotLeader(WireError error) {
    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error.reason()).isEqualTo("NOT_LEADER");
  }

  private static void assertFull(WireError error) {
    assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(error.metadata())
        .containsEntry("quota", "queued_commands")
        .containsEntry("limit", "10");
  }
}
