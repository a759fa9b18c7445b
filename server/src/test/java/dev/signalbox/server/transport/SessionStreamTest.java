package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.Rule;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.server.WireError;
import dev.signalbox.v1.CancelResult;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.NotHeldReason;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.Recall;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionEnded;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionStreamTest {
  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Rule("L1")
  void open_withoutALease_getsFifteenSeconds() {
    Opened opened = RawStream.open(server.channel()).awaitFrame(ServerFrame::hasOpened).getOpened();

    assertThat(opened.getLease()).isEqualTo(Wire.millis(15_000));
    assertThat(opened.getSessionId().size()).isEqualTo(16);
    assertThat(opened.getSessionNumber()).isPositive();
    assertThat(opened.getMaxOutstanding()).isEqualTo(131_072);
  }

  @Test
  @Rule("A8")
  void sessionIds_ofOneServer_areAllDifferent() {
    assertThat(RawStream.open(server.channel()).sessionId())
        .isNotEqualTo(RawStream.open(server.channel()).sessionId());
  }

  @Test
  void requestsOfOneFrame_areAppliedInOrder_andAnsweredTogether() {
    RawStream stream = RawStream.open(server.channel());
    stream.send(
        Wire.create(1, "a", 1), Wire.acquire(2, "a"), Wire.signal(3, "a", 1), Wire.acquire(4, "a"));

    assertThat(stream.reply(1).getSemaphore().getSemaphore().getCount()).isEqualTo(1);
    assertThat(stream.reply(2).getAcquire().getGrant().getPartsList())
        .singleElement()
        .satisfies(part -> assertThat(part.getSemaphore()).isEmpty());
    assertThat(stream.reply(3).getRelease().getItems(0).getPreviousCountsList()).containsExactly(0);
    assertThat(stream.reply(4).getAcquire().hasGrant()).isTrue();
    assertThat(stream.awaitFrame(frame -> frame.getRepliesCount() > 0).getRepliesCount())
        .isEqualTo(4);
  }

  @Test
  @Rule("L1")
  void everyFrame_isAnsweredWithItsNumber_heartbeatsAtOnce() {
    RawStream stream = RawStream.open(server.channel());
    stream.awaitRenewed(1);
    stream.awaitRenewed(stream.send(ClientFrame.newBuilder()));
    stream.awaitRenewed(stream.send(Wire.acquire(1, "missing")));
    stream.awaitRenewed(stream.send(Request.newBuilder().setNumber(2).build()));

    assertThat(stream.received().get(0).hasOpened()).isTrue();
  }

  @Test
  @Rule("A2")
  void waitingAcquire_isTimedOutByTheServer_withoutAnyTraffic() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));

    Reply reply =
        stream.ask(
            Request.newBuilder()
                .setNumber(3)
                .setAcquire(Wire.one("a").setWaitAtMost(Wire.millis(80)))
                .build());

    assertThat(reply.getAcquire().getNotGranted())
        .isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_TIMED_OUT);
  }

  @Test
  @Rule("A7")
  void cancel_ofAWaitingAcquire_answersBoth() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
    stream.send(Wire.acquire(3, "a"));

    assertThat(stream.ask(Wire.cancel(4, 3)).getCancel().getEffect())
        .isEqualTo(CancelResult.Effect.EFFECT_CANCELLED);
    assertThat(stream.reply(3).getAcquire().getNotGranted())
        .isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_CANCELLED);
  }

  @Test
  @Rule("L5")
  void resume_afterACut_keepsGrantsAndNamesThem() {
    RawStream first = RawStream.open(server.channel());
    ByteString grant =
        first.ask(Wire.create(1, "a", 2), Wire.acquire(2, "a")).getAcquire().getGrant().getId();
    first.cut();

    RawStream second = first.resume(server.newChannel(), 2);

    assertThat(second.awaitFrame(ServerFrame::hasResumed).getResumed().getHeldGrants())
        .isEqualTo(grant);
    assertThat(second.ask(Wire.giveBack(3, grant)).getRelease().getItems(0).getReleased()).isTrue();
  }

  @Test
  @Rule({"E1", "L5"})
  void unansweredRequests_sentAgain_getTheirFirstReply() {
    RawStream first = RawStream.open(server.channel());
    first.ask(Wire.create(1, "a", 5));
    Reply granted = first.ask(Wire.acquire(2, "a"));
    Reply released = first.ask(Wire.signal(3, "a", 1));
    first.cut();

    RawStream second = first.resume(server.newChannel(), 3, 2L, 3L);
    second.send(Wire.acquire(2, "a"), Wire.signal(3, "a", 1));

    assertThat(second.reply(2)).isEqualTo(granted);
    assertThat(second.reply(3)).isEqualTo(released);
    assertThat(server.semaphore("a").getCount()).isEqualTo(5);
  }

  @Test
  @Rule({"E1", "L5"})
  void waitingAcquire_overACut_isAnsweredOnTheNewStream() {
    RawStream holder = RawStream.open(server.channel());
    holder.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
    RawStream first = RawStream.open(server.newChannel());
    first.send(Wire.acquire(1, "a"));
    await().until(() -> server.semaphore("a").getWaiting() == 1);
    first.cut();
    RawStream second = first.resume(server.newChannel(), 1, 1L);
    second.awaitFrame(ServerFrame::hasResumed);
    second.awaitRenewed(second.send(Wire.acquire(1, "a")));
    holder.ask(Wire.signal(3, "a", 1));

    assertThat(second.reply(1).getAcquire().hasGrant()).isTrue();
    assertThat(server.semaphore("a").getHeld()).isEqualTo(1);
  }

  @Test
  @Rule("E1")
  void acknowledgedReplies_areForgotten_andNeverExecutedAgain() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
    stream.send(ClientFrame.newBuilder().setAcknowledgedThrough(1).addAcknowledged(2));

    stream.send(Wire.acquire(2, "a"));

    await().until(() -> stream.replies(2).size() == 2);
    WireError again = WireError.of(stream.replies(2).get(1).getError());
    assertThat(again.reason()).isEqualTo("REQUEST_FORGOTTEN");
    assertThat(again.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(again.metadata()).containsEntry("number", "2");
  }

  @Test
  @Rule("L5")
  void resumeElsewhere_endsTheOldStream_withStreamReplaced() {
    RawStream first = RawStream.open(server.channel());
    RawStream second = first.resume(server.newChannel(), 0);
    second.awaitFrame(ServerFrame::hasResumed);

    WireError error = WireError.of(first.awaitError());

    assertThat(error.code()).isEqualTo(Code.ABORTED);
    assertThat(error.reason()).isEqualTo("STREAM_REPLACED");
    assertThat(second.ask(Wire.create(1, "a", 1)).hasSemaphore()).isTrue();
  }

  @Test
  @Rule({"L2", "L5"})
  void resume_ofAnEndedSession_isSessionLost() {
    RawStream first = RawStream.open(server.channel());
    first.send(ClientFrame.newBuilder().setClose(true));
    first.awaitEnd();

    WireError error = WireError.of(first.resume(server.channel(), 0).awaitError());

    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("SESSION_LOST");
  }

  @Test
  @Rule("L6")
  void close_comesAfterTheRequestsOfItsFrame_andGivesEverythingBack() {
    RawStream other = RawStream.open(server.newChannel());
    other.ask(Wire.create(1, "a", 1));
    RawStream stream = RawStream.open(server.channel());
    stream.send(ClientFrame.newBuilder().addRequests(Wire.acquire(1, "a")).setClose(true));

    assertThat(stream.reply(1).getAcquire().hasGrant()).isTrue();
    assertThat(stream.awaitFrame(ServerFrame::hasEnded).getEnded().getCause())
        .isEqualTo(SessionEnded.Cause.CAUSE_CLOSED);
    assertThat(stream.awaitEnd()).isEqualTo(Status.OK);
    assertThat(server.semaphore("a").getCount()).isEqualTo(1);
  }

  @Test
  @Rule("L9")
  void streamBreaks_whereTheSessionChoseToEndWithIt_permitsAreBackAtOnce() {
    RawStream stream =
        RawStream.open(
            server.channel(),
            Open.newBuilder().setClientName("brief").setEndAfterBreak(Wire.millis(0)).build());
    stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
    long cut = System.nanoTime();
    stream.cut();

    await().pollInterval(Duration.ofMillis(5)).until(() -> server.semaphore("a").getCount() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  @Rule("L5")
  void streamBreaks_otherwise_permitsStayHeld() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
    stream.halfClose();

    assertThat(stream.awaitEnd()).isEqualTo(Status.OK);
    assertThat(server.semaphore("a").getHeld()).isEqualTo(1);
  }

  @Test
  @Rule("A10")
  void grantTakenBack_isToldOnTheStream() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.create(1, "a", 1));
    ByteString grant =
        stream
            .ask(
                Request.newBuilder()
                    .setNumber(2)
                    .setAcquire(Wire.one("a").setHoldAtMost(Wire.millis(50)))
                    .build())
            .getAcquire()
            .getGrant()
            .getId();

    assertThat(stream.awaitFrame(frame -> frame.getRecallsCount() > 0).getRecallsList())
        .containsExactly(
            Recall.newBuilder()
                .setGrantId(grant)
                .setReason(NotHeldReason.NOT_HELD_REASON_HOLD_LIMIT)
                .build());
  }

  @Test
  @Rule("O5")
  void forcedDeletion_tellsHoldersAndRefusesWaiters() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
    stream.send(Wire.acquire(3, "a"));
    stream.ask(
        Request.newBuilder()
            .setNumber(4)
            .setDelete(DeleteSemaphore.newBuilder().setName("a").setForce(true))
            .build());

    assertThat(WireError.of(stream.reply(3).getError()).reason()).isEqualTo("SEMAPHORE_NOT_FOUND");
    assertThat(stream.awaitFrame(frame -> frame.getRecallsCount() > 0).getRecalls(0).getReason())
        .isEqualTo(NotHeldReason.NOT_HELD_REASON_SEMAPHORE_DELETED);
  }

  @Test
  void framesBeforeTheGreeting_waitForIt() {
    RawStream stream = RawStream.connect(server.channel());
    stream.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName("eager")));
    for (int i = 1; i <= 50; i++) {
      stream.send(Wire.create(i, "a" + i, 1));
    }

    assertThat(stream.reply(50).hasSemaphore()).isTrue();
    List<ServerFrame> frames = stream.received();
    assertThat(frames.get(0).hasOpened()).isTrue();
  }
}
