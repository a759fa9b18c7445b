package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.TakeCredit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a durable log is stopped and started again; its clients resume. */
class DurableServerTest {
  private static final Duration LEASE = Duration.ofSeconds(1);

  @TempDir Path directory;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(options());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Rule({"E1", "E2"})
  void repeatedRequests_afterARestart_getTheirFirstAnswers() {
    RawStream before = RawStream.open(server.channel());
    before.ask(Wire.create(1, "jobs", 3));
    Reply granted = before.ask(Wire.acquire(2, "jobs"));
    Reply signalled = before.ask(Wire.signal(3, "jobs", 1));
    restart();

    RawStream after = before.resume(server.channel(), 3, 2L, 3L);
    after.awaitFrame(ServerFrame::hasResumed);
    assertThat(after.ask(Wire.acquire(2, "jobs"))).isEqualTo(granted);
    assertThat(after.ask(Wire.signal(3, "jobs", 1))).isEqualTo(signalled);
    assertThat(server.semaphore("jobs").getCount()).isEqualTo(3);
  }

  @Test
  @Rule({"L5", "L7"})
  void grant_isStillHeld_andMadeOnce() {
    RawStream before = RawStream.open(server.channel());
    before.ask(Wire.create(1, "jobs", 1));
    ByteString grant = before.ask(Wire.acquire(2, "jobs")).getAcquire().getGrant().getId();
    restart();

    assertThat(server.semaphore("jobs").getCount()).isZero();
    RawStream after = before.resume(server.channel(), 2);
    ServerFrame resumed = after.awaitFrame(ServerFrame::hasResumed);
    assertThat(resumed.getResumed().getHeldGrants()).isEqualTo(grant);
    assertThat(after.ask(Wire.giveBack(3, grant)).getRelease().getItems(0).getReleased()).isTrue();
  }

  @Test
  @Rule({"K2", "L5", "L7"})
  void recallOfACredit_isToldAgain_toTheSessionThatResumes() {
    RawStream holder = RawStream.open(server.channel());
    holder.ask(Wire.create(1, "jobs", 3));
    ByteString credit = holder.ask(takeCredit(2, 8)).getAcquire().getGrant().getId();
    restart();

    RawStream resumed = holder.resume(server.channel(), 2);
    resumed.awaitFrame(ServerFrame::hasResumed);
    RawStream waiter = RawStream.open(server.channel());
    waiter.awaitRenewed(waiter.send(Wire.acquire(1, "jobs")));
    assertThat(resumed.awaitFrame(frame -> frame.getCreditRecallsCount() > 0))
        .extracting(frame -> frame.getCreditRecalls(0))
        .isEqualTo(credit);
    restart();

    RawStream again = holder.resume(server.channel(), 2);
    assertThat(again.awaitFrame(frame -> frame.getCreditRecallsCount() > 0))
        .extracting(frame -> frame.getCreditRecalls(0))
        .isEqualTo(credit);
  }

  private static Request takeCredit(long number, int upTo) {
    return Request.newBuilder()
        .setNumber(number)
        .setTakeCredit(TakeCredit.newBuilder().setSemaphore("jobs").setUpTo(upTo))
        .build();
  }

  @Test
  @Rule({"A3", "L5"})
  void waiter_keepsItsPlace() {
    RawStream holder = RawStream.open(server.channel());
    holder.ask(Wire.create(1, "jobs", 1));
    ByteString grant = holder.ask(Wire.acquire(2, "jobs")).getAcquire().getGrant().getId();
    RawStream waiter = RawStream.open(server.channel());
    waiter.awaitRenewed(waiter.send(Wire.acquire(1, "jobs")));
    restart();

    RawStream waiting = waiter.resume(server.channel(), 1, 1L);
    waiting.awaitFrame(ServerFrame::hasResumed);
    waiting.send(Wire.acquire(1, "jobs"));
    RawStream late = RawStream.open(server.channel());
    late.awaitRenewed(late.send(Wire.acquire(1, "jobs")));
    RawStream back = holder.resume(server.channel(), 2);
    back.awaitFrame(ServerFrame::hasResumed);
    back.ask(Wire.giveBack(3, grant));

    assertThat(waiting.reply(1).getAcquire().hasGrant()).isTrue();
    assertThat(late.replies(1)).isEmpty();
  }

  @Test
  @Rule("L7")
  void silentSession_hasOneFullLeaseAfterTheRestart() {
    RawStream before =
        RawStream.open(
            server.channel(),
            Open.newBuilder()
                .setClientName("silent")
                .setLease(Wire.millis(LEASE.toMillis()))
                .build());
    before.ask(Wire.create(1, "jobs", 1));
    before.ask(Wire.acquire(2, "jobs"));
    server.close();
    long down = System.nanoTime();
    server = TestServer.start(options());

    assertThat(server.semaphore("jobs").getCount()).isZero();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> server.semaphore("jobs").getCount() == 1);
    assertThat(Duration.ofNanos(System.nanoTime() - down)).isGreaterThanOrEqualTo(LEASE);
  }

  @Test
  @Rule("A8")
  void epochs_goOn() {
    RawStream before = RawStream.open(server.channel());
    before.ask(
        Request.newBuilder()
            .setNumber(1)
            .setCreate(
                CreateSemaphore.newBuilder().setName("slots").setMaxCount(1).setNumbered(true))
            .build());
    Grant first = before.ask(Wire.acquire(2, "slots")).getAcquire().getGrant();
    before.ask(Wire.giveBack(3, first.getId()));
    restart();

    RawStream after = RawStream.open(server.channel());
    Grant second = after.ask(Wire.acquire(1, "slots")).getAcquire().getGrant();
    assertThat(second.getParts(0).getEpochs(0)).isEqualTo(first.getParts(0).getEpochs(0) + 1);
  }

  @Test
  void dataDirectoryInUse_stopsTheStart_withOneLine() {
    assertThatThrownBy(() -> SignalboxServer.start(options()))
        .isInstanceOf(IOException.class)
        .message()
        .contains("is in use by another server")
        .doesNotContain("\n");
  }

  private void restart() {
    server.close();
    server = TestServer.start(options());
  }

  private ServerOptions options() {
    return ServerOptions.builder().clientPort(0).dataDir(directory).build();
  }
}
