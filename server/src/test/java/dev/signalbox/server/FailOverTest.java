package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquireMode;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.CancelResult.Effect;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.ReleaseAndAcquire;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SetWill;
import dev.signalbox.v1.Signal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request is carried out and its answer is lost, as its leader is; the same request is sent to
 * the successor. Each test has semaphores of its own and one change of leader.
 */
class FailOverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static TestCluster servers;

  private TestServer server;

  @BeforeAll
  static void start() {
    servers = new TestCluster(directory).found("n1", "n2", "n3");
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @BeforeEach
  void awaitLeader() {
    servers.restartAll();
    server = servers.node(servers.leader());
  }

  @Test
  @Rule({"E1", "A1", "A8"})
  void acquire_getsItsFirstGrant() {
    RawStream before = open();
    before.ask(create(1, "acquire", 3, 3));
    Reply first = before.ask(Wire.acquire(2, "acquire"));

    RawStream after = failOver(before, 2, 2L);
    assertThat(after.ask(Wire.acquire(2, "acquire"))).isEqualTo(first);
    assertState("acquire", 2, 1);
  }

  @Test
  @Rule({"E1", "R1"})
  void signal_getsItsFirstPreviousCount_thoughTheCountHasChanged() {
    RawStream before = open();
    before.ask(create(1, "signal", 0, 9));
    Reply first = before.ask(Wire.signal(2, "signal", 2));
    open().ask(Wire.signal(1, "signal", 3));

    RawStream after = failOver(before, 2, 2L);
    Reply again = after.ask(Wire.signal(2, "signal", 2));
    assertThat(again).isEqualTo(first);
    assertThat(again.getRelease().getItems(0).getPreviousCounts(0)).isZero();
    assertState("signal", 5, 0);
  }

  @Test
  @Rule({"E1", "R4"})
  void giveBack_doesNotTakeTheNextHoldersPermit() {
    RawStream before = open();
    before.ask(create(1, "give-back", 1, 1));
    ByteString grant = grant(before.ask(Wire.acquire(2, "give-back")));
    Reply first = before.ask(Wire.giveBack(3, grant));
    grant(open().ask(Wire.acquire(1, "give-back")));

    RawStream after = failOver(before, 3, 3L);
    assertThat(after.ask(Wire.giveBack(3, grant))).isEqualTo(first);
    assertState("give-back", 0, 1);
  }

  @Test
  @Rule({"E1", "A5"})
  void anyOf_getsItsFirstChoice_thoughAnotherWouldBeServedNow() {
    RawStream before = open();
    before.ask(create(1, "any-1", 0, 1), create(2, "any-2", 1, 1));
    Request anyOf = acquire(3, AcquireMode.ACQUIRE_MODE_ANY_OF, "any-1", "any-2");
    Reply first = before.ask(anyOf);
    open().ask(Wire.signal(1, "any-1", 1));

    RawStream after = failOver(before, 3, 3L);
    Reply again = after.ask(anyOf);
    assertThat(again).isEqualTo(first);
    assertThat(again.getAcquire().getGrant().getParts(0).getPart()).as("choice").isEqualTo(1);
    assertState("any-1", 1, 0);
    assertState("any-2", 0, 1);
  }

  @Test
  @Rule({"E1", "A4"})
  void allOf_getsItsFirstGrant() {
    RawStream before = open();
    before.ask(create(1, "all-1", 2, 2), create(2, "all-2", 5, 5));
    Request allOf = acquire(3, AcquireMode.ACQUIRE_MODE_ALL_OF, "all-1", "all-2");
    Reply first = before.ask(allOf);

    RawStream after = failOver(before, 3, 3L);
    assertThat(after.ask(allOf)).isEqualTo(first);
    assertState("all-1", 1, 1);
    assertState("all-2", 4, 1);
  }

  @Test
  @Rule({"E1", "A6"})
  void releaseAndAcquire_doesNeitherAgain() {
    RawStream before = open();
    before.ask(create(1, "signalled", 0, 9), create(2, "acquired", 9, 9));
    Request both =
        Request.newBuilder()
            .setNumber(3)
            .setReleaseAndAcquire(
                ReleaseAndAcquire.newBuilder()
                    .setRelease(Wire.signal("signalled", 1))
                    .setAcquire(Wire.one("acquired").setWaitForever(true)))
            .build();
    Reply first = before.ask(both);

    RawStream after = failOver(before, 3, 3L);
    assertThat(after.ask(both)).isEqualTo(first);
    assertState("signalled", 1, 0);
    assertState("acquired", 8, 1);
  }

  @Test
  @Rule({"E1", "R2", "A2"})
  void refusalAndTimeOut_stand_thoughTheyWouldNotBeGivenNow() {
    RawStream before = open();
    before.ask(create(1, "full", 1, 1), create(2, "empty", 0, 1));
    Request atOnce =
        Request.newBuilder()
            .setNumber(4)
            .setAcquire(Wire.one("empty").setWaitAtMost(Wire.millis(0)))
            .build();
    Reply refused = before.ask(Wire.signal(3, "full", 1));
    Reply timedOut = before.ask(atOnce);
    RawStream other = open();
    other.ask(Wire.acquire(1, "full"), Wire.signal(2, "empty", 1));

    RawStream after = failOver(before, 4, 3L, 4L);
    assertThat(after.ask(Wire.signal(3, "full", 1))).isEqualTo(refused);
    assertThat(after.ask(atOnce)).isEqualTo(timedOut);
    assertThat(refused.hasError()).isTrue();
    assertThat(timedOut.getAcquire().getNotGranted())
        .isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_TIMED_OUT);
    assertState("full", 0, 1);
    assertState("empty", 1, 0);
  }

  /** Nobody has ever seen the first answers. */
  @Test
  @Rule({"E1", "L5", "R1"})
  void answersThatWereNeverRead_comeFromTheSuccessor() {
    RawStream before = RawStream.connectUnread(server.channel());
    before.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName("deaf")));
    before.read(1);
    before.awaitFrame(ServerFrame::hasOpened);
    before.send(create(1, "unread", 4, 9), Wire.acquire(2, "unread"), Wire.signal(3, "unread", 3));
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> server.semaphore("unread").getCount() == 6);
    before.cut();

    RawStream after = failOver(before, 3, 1L, 2L, 3L);
    after.send(create(1, "unread", 4, 9), Wire.acquire(2, "unread"), Wire.signal(3, "unread", 3));
    assertThat(after.reply(1).getSemaphore().getAlreadyExisted()).isFalse();
    assertThat(after.reply(2).getAcquire().hasGrant()).isTrue();
    assertThat(after.reply(3).getRelease().getItems(0).getPreviousCounts(0)).isEqualTo(3);
    assertState("unread", 6, 0);
  }

  @Test
  @Rule({"E1", "A3", "L5", "L7"})
  void waiter_isServedByTheSuccessor_inItsTurn() {
    RawStream holder = open();
    holder.ask(create(1, "queue", 1, 1));
    ByteString grant = grant(holder.ask(Wire.acquire(2, "queue")));
    RawStream first = open();
    first.awaitRenewed(first.send(Wire.acquire(1, "queue")));
    RawStream second = open();
    second.awaitRenewed(second.send(Wire.acquire(1, "queue")));
    await().atMost(PATIENCE).until(() -> server.semaphore("queue").getWaiting() == 2);

    server = successor();
    RawStream secondAgain = resumed(second, 1, 1L);
    secondAgain.send(Wire.acquire(1, "queue"));
    RawStream firstAgain = resumed(first, 1, 1L);
    firstAgain.send(Wire.acquire(1, "queue"));
    resumed(holder, 2).ask(Wire.giveBack(3, grant));

    assertThat(grant(firstAgain.reply(1))).isNotEqualTo(grant);
    assertThat(secondAgain.replies(1)).isEmpty();
    Semaphore queue = server.semaphore("queue");
    assertThat(queue.getHeld()).isEqualTo(1);
    assertThat(queue.getWaiting()).isEqualTo(1);
  }

  @Test
  @Rule({"E1", "A7"})
  void cancelThatCrossedTheGrant_givesBackOnce() {
    RawStream holder = open();
    holder.ask(create(1, "crossed", 1, 1));
    ByteString grant = grant(holder.ask(Wire.acquire(2, "crossed")));
    RawStream before = open();
    before.awaitRenewed(before.send(Wire.acquire(1, "crossed")));
    await().atMost(PATIENCE).until(() -> server.semaphore("crossed").getWaiting() == 1);
    holder.ask(Wire.giveBack(3, grant));
    Reply granted = before.reply(1);
    Reply cancelled = before.ask(Wire.cancel(2, 1));
    ByteString next = grant(holder.ask(Wire.acquire(4, "crossed")));

    RawStream after = failOver(before, 2, 1L, 2L);
    assertThat(after.ask(Wire.acquire(1, "crossed"))).isEqualTo(granted);
    assertThat(after.ask(Wire.cancel(2, 1))).isEqualTo(cancelled);
    assertThat(cancelled.getCancel().getEffect()).isEqualTo(Effect.EFFECT_GIVEN_BACK);
    assertThat(next).isNotEqualTo(grant(granted));
    assertState("crossed", 0, 1);
  }

  @Test
  @Rule({"E1", "A7"})
  void cancelOfAGrantMadeByTheOldLeader_givesItBack() {
    RawStream before = open();
    before.ask(create(1, "late-cancel", 1, 1));
    before.ask(Wire.acquire(2, "late-cancel"));

    RawStream after = failOver(before, 2, 2L);
    Reply cancelled = after.ask(Wire.cancel(3, 2));
    assertThat(cancelled.getCancel().getEffect()).isEqualTo(Effect.EFFECT_GIVEN_BACK);
    assertState("late-cancel", 1, 0);
  }

  @Test
  @Rule({"E1", "A7"})
  void cancelledWaiter_staysCancelled() {
    RawStream before = open();
    before.ask(create(1, "cancelled", 0, 1));
    before.awaitRenewed(before.send(Wire.acquire(2, "cancelled")));
    Reply cancelled = before.ask(Wire.cancel(3, 2));

    RawStream after = failOver(before, 3, 2L, 3L);
    after.ask(Wire.signal(4, "cancelled", 1));
    assertThat(after.ask(Wire.cancel(3, 2))).isEqualTo(cancelled);
    assertThat(cancelled.getCancel().getEffect()).isEqualTo(Effect.EFFECT_CANCELLED);
    assertThat(after.ask(Wire.acquire(2, "cancelled")).getAcquire().getNotGranted())
        .isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_CANCELLED);
    assertState("cancelled", 1, 0);
  }

  @Test
  @Rule({"E1", "L8", "L7"})
  void lastWill_isAppliedOnce_whenTheSessionExpiresUnderTheSuccessor() {
    RawStream before =
        RawStream.open(
            server.channel(),
            Open.newBuilder().setClientName("heir").setLease(Wire.millis(3_000)).build());
    before.ask(create(1, "will", 0, 9), create(2, "held", 1, 1));
    before.ask(Wire.acquire(3, "held"));
    Reply first = before.ask(will(4, "will"));

    RawStream after = failOver(before, 4, 4L);
    assertThat(after.ask(will(4, "will"))).isEqualTo(first);
    after.cut();
    await().atMost(PATIENCE).until(() -> server.semaphore("held").getCount() == 1);
    assertState("will", 1, 0);
    servers.restartAll();
    server = successor();
    assertState("will", 1, 0);
  }

  @Test
  @Rule({"L2", "L7"})
  void silentSession_hasAFullLeaseUnderTheSuccessor_andNotWhatWasLeftOfItsLast() {
    Duration lease = Duration.ofSeconds(6);
    RawStream before =
        RawStream.open(
            server.channel(),
            Open.newBuilder()
                .setClientName("silent")
                .setLease(Wire.millis(lease.toMillis()))
                .build());
    before.ask(create(1, "grace", 1, 1), Wire.acquire(2, "grace"));
    before.cut();
    long cut = System.nanoTime();
    await().atMost(PATIENCE).until(() -> since(cut).compareTo(lease.dividedBy(3)) > 0);
    long stopped = System.nanoTime();
    server = successor();

    assertState("grace", 0, 1);
    await().atMost(PATIENCE).until(() -> server.semaphore("grace").getCount() == 1);
    assertThat(since(stopped)).isGreaterThanOrEqualTo(lease);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  @Test
  @Rule("E1")
  void acknowledgedRequest_isRefusedByTheSuccessor_andNotCarriedOut() {
    RawStream before = open();
    before.ask(create(1, "known", 0, 9));
    before.ask(Wire.signal(2, "known", 1));

    RawStream after = failOver(before, 2);
    Reply again = after.ask(Wire.signal(2, "known", 1));
    assertThat(WireError.of(again.getError()).reason()).isEqualTo("REQUEST_FORGOTTEN");
    assertState("known", 1, 0);
  }

  /** Stops the server that leads; the answer is the one that leads then. */
  private static TestServer successor() {
    servers.stopLeader();
    return servers.node(servers.leader());
  }

  private RawStream open() {
    return RawStream.open(server.channel());
  }

  /** The leader goes, and the session turns to its successor. */
  private RawStream failOver(RawStream stream, long lastNumber, Long... unanswered) {
    server = successor();
    return resumed(stream, lastNumber, unanswered);
  }

  private RawStream resumed(RawStream stream, long lastNumber, Long... unanswered) {
    RawStream resumed = stream.resume(server.channel(), lastNumber, unanswered);
    resumed.awaitFrame(ServerFrame::hasResumed);
    return resumed;
  }

  private void assertState(String name, int count, int held) {
    Semaphore semaphore = server.semaphore(name);
    assertThat(semaphore.getCount()).as("count of %s", name).isEqualTo(count);
    assertThat(semaphore.getHeld()).as("held of %s", name).isEqualTo(held);
  }

  private static ByteString grant(Reply reply) {
    assertThat(reply.getAcquire().hasGrant()).isTrue();
    return reply.getAcquire().getGrant().getId();
  }

  private static Request create(long number, String name, int initial, int max) {
    return Request.newBuilder()
        .setNumber(number)
        .setCreate(
            CreateSemaphore.newBuilder().setName(name).setInitialCount(initial).setMaxCount(max))
        .build();
  }

  private static Request acquire(long number, AcquireMode mode, String... names) {
    Acquire.Builder acquire = Acquire.newBuilder().setMode(mode).setWaitForever(true);
    for (String name : names) {
      acquire.addParts(AcquirePart.newBuilder().setSemaphore(name).setPermits(1));
    }
    return Request.newBuilder().setNumber(number).setAcquire(acquire).build();
  }

  private static Request will(long number, String name) {
    return Request.newBuilder()
        .setNumber(number)
        .setSetWill(
            SetWill.newBuilder()
                .setWill(1)
                .addSignals(Signal.newBuilder().setSemaphore(name).setPermits(1)))
        .build();
  }
}
