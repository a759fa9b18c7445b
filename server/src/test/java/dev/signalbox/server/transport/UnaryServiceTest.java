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
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.CloseSessionRequest;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.CreateSemaphoreRequest;
import dev.signalbox.v1.DeleteSemaphore;
import dev.signalbox.v1.DeleteSemaphoreRequest;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.IfExists;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.ListSessionsResponse;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.RenewRequest;
import dev.signalbox.v1.RequestId;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreResult;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.Session;
import dev.signalbox.v1.SessionEnded;
import dev.signalbox.v1.UpdateSemaphore;
import dev.signalbox.v1.UpdateSemaphoreRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnaryServiceTest {
  private final TestServer server = TestServer.start();

  @BeforeEach
  void semaphore() {
    create("a", 2);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Rule({"O1", "O2"})
  void create_ofAnExistingName_opensIt() {
    SemaphoreResult again =
        server
            .unary()
            .createSemaphore(
                CreateSemaphoreRequest.newBuilder()
                    .setSemaphore(CreateSemaphore.newBuilder().setName("a").setMaxCount(9))
                    .build());

    assertThat(again.getAlreadyExisted()).isTrue();
    assertThat(again.getSemaphore().getMaxCount()).isEqualTo(2);
    assertThat(again.getSemaphore().getKind()).isEqualTo(ObjectKind.OBJECT_KIND_SEMAPHORE);
  }

  @Test
  @Rule("O2")
  void create_thatMustNotFindAnother_isRefused() {
    WireError error =
        WireError.of(() ->
            server
                .unary()
                .createSemaphore(
                    CreateSemaphoreRequest.newBuilder()
                        .setSemaphore(
                            CreateSemaphore.newBuilder()
                                .setName("a")
                                .setMaxCount(9)
                                .setIfExists(IfExists.IF_EXISTS_FAIL))
                        .build()));

    assertThat(error.code()).isEqualTo(Code.ALREADY_EXISTS);
    assertThat(error.reason()).isEqualTo("SEMAPHORE_EXISTS");
    assertThat(error.metadata()).containsEntry("semaphore", "a");
  }

  @Test
  @Rule("O4")
  void get_ofAMissingName_isNotFound() {
    WireError error = WireError.of(() -> server.semaphore("missing"));

    assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(error.reason()).isEqualTo("SEMAPHORE_NOT_FOUND");
    assertThat(error.metadata()).containsEntry("semaphore", "missing");
  }

  @Test
  void get_listsHoldersAndWaiters_asManyAsAskedFor() {
    RawStream stream = RawStream.open(server.channel());
    stream.ask(Wire.acquire(1, "a"), Wire.acquire(2, "a"));
    stream.send(Wire.acquire(3, "a"), Wire.acquire(4, "a"));
    await().until(() -> server.semaphore("a").getWaiting() == 2);

    Semaphore one =
        server
            .unary()
            .getSemaphore(GetSemaphoreRequest.newBuilder().setName("a").setMaxHolders(1).build());

    assertThat(one.getHoldersList())
        .singleElement()
        .satisfies(holder -> assertThat(holder.getPermits()).isEqualTo(2))
        .satisfies(holder -> assertThat(holder.getClientName()).isEqualTo("raw"));
    assertThat(one.getWaitersList()).hasSize(1);
    assertThat(one.getHeld()).isEqualTo(2);
    assertThat(
            server
                .unary()
                .getSemaphore(GetSemaphoreRequest.newBuilder().setName("a").build())
                .getHoldersList())
        .isEmpty();
  }

  @Test
  void list_byPrefix_comesInPages() {
    for (int i = 0; i < 25; i++) {
      create(String.format("list/%02d", i), 1);
    }
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String token = "";
    do {
      ListSemaphoresResponse page =
          server
              .unary()
              .listSemaphores(
                  ListSemaphoresRequest.newBuilder()
                      .setPrefix("list/")
                      .setPageSize(10)
                      .setPageToken(token)
                      .build());
      page.getSemaphoresList().forEach(semaphore -> names.add(semaphore.getName()));
      sizes.add(page.getSemaphoresCount());
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names).hasSize(25).isSorted().doesNotHaveDuplicates();
    assertThat(sizes).containsExactly(10, 10, 5);
  }

  @Test
  @Rule("O6")
  void update_changesWhatItNames() {
    SemaphoreResult updated =
        server
            .unary()
            .updateSemaphore(
                UpdateSemaphoreRequest.newBuilder()
                    .setUpdate(UpdateSemaphore.newBuilder().setName("a").setMaxCount(5))
                    .build());

    assertThat(updated.getSemaphore().getMaxCount()).isEqualTo(5);
    assertThat(updated.getSemaphore().getCount()).isEqualTo(5);
  }

  @Test
  @Rule("O5")
  void delete_ofAHeldSemaphore_isRefusedUnlessForced() {
    acquire(Wire.one("a").build());
    DeleteSemaphoreRequest.Builder delete =
        DeleteSemaphoreRequest.newBuilder().setDelete(DeleteSemaphore.newBuilder().setName("a"));

    WireError error = WireError.of(() -> server.unary().deleteSemaphore(delete.build()));
    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("SEMAPHORE_IN_USE");

    delete.getDeleteBuilder().setForce(true);
    assertThat(server.unary().deleteSemaphore(delete.build())).isNotNull();
    assertThat(WireError.of(() -> server.semaphore("a")).code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  @Rule("A1")
  void acquire_withoutAnId_getsASessionForTheGrant_thatEndsWithIt() {
    Grant grant = acquire(Wire.one("a").build()).getGrant();

    assertThat(grant.getParts(0).getSemaphore()).isEqualTo("a");
    assertThat(server.sessions())
        .singleElement()
        .satisfies(session -> assertThat(session.getClientName()).isEqualTo("unary"))
        .satisfies(session -> assertThat(session.getLease()).isEqualTo(Wire.millis(15_000)));
    release(grant.getId());
    assertThat(server.sessions()).isEmpty();
    assertThat(server.semaphore("a").getCount()).isEqualTo(2);
  }

  @Test
  @Rule("A2")
  void acquire_withoutAnId_thatGetsNothing_leavesNoSession() {
    acquire(Wire.one("a").build());
    acquire(Wire.one("a").build());

    AcquireResult result = acquire(Wire.one("a").setWaitAtMost(Wire.millis(50)).build());

    assertThat(result.getNotGranted()).isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_TIMED_OUT);
    assertThat(server.sessions()).hasSize(2);
  }

  @Test
  @Rule("A9")
  void acquire_withoutAnId_thatConsumes_leavesNoSession() {
    Grant grant = acquire(Wire.one("a").setConsume(true).build()).getGrant();

    assertThat(grant.getId()).isEmpty();
    assertThat(grant.getParts(0).getConsumed()).isTrue();
    assertThat(server.sessions()).isEmpty();
    assertThat(server.semaphore("a").getCount()).isEqualTo(1);
  }

  @Test
  void acquire_withoutAnId_thatIsRefused_leavesNoSession() {
    WireError error = WireError.of(() -> acquire(Wire.one("missing").build()));

    assertThat(error.reason()).isEqualTo("SEMAPHORE_NOT_FOUND");
    assertThat(server.sessions()).isEmpty();
  }

  @Test
  @Rule("L2")
  void grantWithoutAnId_thatIsNotRenewed_livesForItsLease() {
    server
        .unary()
        .acquire(
            AcquireRequest.newBuilder()
                .setAcquire(Wire.one("a"))
                .setLease(Wire.millis(1_000))
                .build());

    await().until(() -> server.semaphore("a").getCount() == 2);
    assertThat(server.sessions()).isEmpty();
  }

  @Test
  @Rule("L1")
  void grantWithoutAnId_thatIsRenewed_outlivesItsLease() {
    ByteString grant =
        server
            .unary()
            .acquire(
                AcquireRequest.newBuilder()
                    .setAcquire(Wire.one("a"))
                    .setLease(Wire.millis(1_000))
                    .build())
            .getGrant()
            .getId();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
    RenewRequest renew = RenewRequest.newBuilder().setGrantId(grant).build();
    await()
        .pollInterval(100, TimeUnit.MILLISECONDS)
        .until(() ->
            server.unary().renew(renew).getLease().equals(Wire.millis(1_000))
                && System.nanoTime() > end);

    assertThat(server.semaphore("a").getHeld()).isEqualTo(1);
  }

  @Test
  void renew_ofWhatIsNotThere_isSessionLost() {
    for (RenewRequest renew :
        List.of(
            RenewRequest.newBuilder().setGrantId(BadMessages.SOME_ID).build(),
            RenewRequest.newBuilder().setSessionId(BadMessages.SOME_ID).build())) {
      WireError error = WireError.of(() -> server.unary().renew(renew));
      assertThat(error.reason()).isEqualTo("SESSION_LOST");
      assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    }
  }

  @Test
  @Rule("A7")
  void waitingAcquire_withoutAnId_whoseCallerGivesUp_leavesTheQueue() throws Exception {
    acquire(Wire.one("a").build());
    Grant second = acquire(Wire.one("a").build()).getGrant();
    Future<AcquireResult> waiting =
        SemaphoreServiceGrpc.newFutureStub(server.channel())
            .acquire(
                AcquireRequest.newBuilder().setAcquire(Wire.one("a").setWaitForever(true)).build());
    await().until(() -> server.semaphore("a").getWaiting() == 1);
    waiting.cancel(true);

    await().until(() -> server.semaphore("a").getWaiting() == 0);
    release(second.getId());
    assertThat(server.semaphore("a").getCount()).isEqualTo(1);
    assertThat(server.sessions()).hasSize(1);
  }

  @Test
  @Rule("A7")
  void waitingAcquire_whoseDeadlinePasses_isCancelled() {
    ByteString session = openSession(15_000).getSessionId();
    acquire(Wire.one("a").build());
    acquire(Wire.one("a").build());
    AcquireRequest request =
        AcquireRequest.newBuilder()
            .setId(id(session, 1))
            .setAcquire(Wire.one("a").setWaitForever(true))
            .build();

    Status status =
        Status.fromThrowable(
            org.assertj.core.api.Assertions.catchThrowable(() ->
                SemaphoreServiceGrpc.newBlockingStub(server.channel())
                    .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                    .acquire(request)));

    assertThat(status.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    await().until(() -> server.semaphore("a").getWaiting() == 0);
    assertThat(server.unary().acquire(request).getNotGranted())
        .isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_CANCELLED);
  }

  @Test
  @Rule("A7")
  void acquires_givenUpAtAnyMoment_leaveNoPermitBehind() {
    ByteString session = openSession(600_000).getSessionId();
    for (int i = 1; i <= 300; i++) {
      AcquireRequest.Builder request =
          AcquireRequest.newBuilder()
              .setAcquire(Wire.one("a").setWaitForever(true))
              .setLease(Wire.millis(1_000));
      if (i % 2 == 0) {
        request.setId(id(session, i));
      }
      Future<AcquireResult> call =
          SemaphoreServiceGrpc.newFutureStub(server.channel()).acquire(request.build());
      LockSupport.parkNanos(i % 10 * 50_000L);
      if (!call.cancel(true)) {
        giveBack(call);
      }
    }

    // An answer that had left before its caller gave up lives for its lease, or in its session.
    server.unary().closeSession(CloseSessionRequest.newBuilder().setSessionId(session).build());
    await().atMost(20, TimeUnit.SECONDS).until(() -> server.sessions().isEmpty());
    assertThat(server.semaphore("a").getWaiting()).isZero();
    assertThat(server.semaphore("a").getCount()).isEqualTo(2);
  }

  @Test
  @Rule({"A7", "E1"})
  void acquire_whoseCallerGaveUp_afterItsRepetitionCame_keepsTheGrantForTheRepetition()
      throws Exception {
    ByteString session = openSession(15_000).getSessionId();
    acquire(Wire.one("a").build());
    Grant second = acquire(Wire.one("a").build()).getGrant();
    AcquireRequest request =
        AcquireRequest.newBuilder()
            .setId(id(session, 1))
            .setAcquire(Wire.one("a").setWaitForever(true))
            .build();
    Future<AcquireResult> first =
        SemaphoreServiceGrpc.newFutureStub(server.newChannel()).acquire(request);
    await().until(() -> server.semaphore("a").getWaiting() == 1);
    Future<AcquireResult> repeated =
        SemaphoreServiceGrpc.newFutureStub(server.channel()).acquire(request);
    server.semaphore("a");
    first.cancel(true);
    release(second.getId());

    Grant granted = repeated.get(20, TimeUnit.SECONDS).getGrant();
    assertThat(server.semaphore("a").getHeld()).isEqualTo(2);
    assertThat(release(granted.getId()).getItems(0).getReleased()).isTrue();
  }

  @Test
  @Rule("E1")
  void repeatedCall_withTheSameId_getsTheFirstAnswer() {
    ByteString session = openSession(15_000).getSessionId();
    AcquireRequest acquire =
        AcquireRequest.newBuilder().setId(id(session, 7)).setAcquire(Wire.one("a")).build();
    ReleaseRequest signal =
        ReleaseRequest.newBuilder().setId(id(session, 3)).setRelease(Wire.signal("a", 1)).build();

    AcquireResult granted = server.unary().acquire(acquire);
    assertThat(server.unary().acquire(acquire)).isEqualTo(granted);
    assertThat(server.unary().release(signal)).isEqualTo(server.unary().release(signal));
    assertThat(server.semaphore("a").getCount()).isEqualTo(2);
  }

  @Test
  @Rule("E1")
  void acknowledgedAnswer_isNotGivenAgain() {
    ByteString session = openSession(15_000).getSessionId();
    RequestId first = id(session, 1);
    server.unary().release(release(first));
    server.unary().release(release(id(session, 2).toBuilder().setAcknowledgedThrough(1).build()));

    WireError error = WireError.of(() -> server.unary().release(release(first)));

    assertThat(error.reason()).isEqualTo("REQUEST_FORGOTTEN");
    assertThat(error.metadata()).containsEntry("number", "1");
  }

  @Test
  void callOfAnUnknownSession_isSessionLost() {
    WireError error =
        WireError.of(() -> server.unary().release(release(id(BadMessages.SOME_ID, 1))));

    assertThat(error.reason()).isEqualTo("SESSION_LOST");
  }

  @Test
  @Rule("R2")
  void tooManyPosts_namesSemaphoreAndItem() {
    WireError error =
        WireError.of(() ->
            server
                .unary()
                .release(ReleaseRequest.newBuilder().setRelease(Wire.signal("a", 1)).build()));

    assertThat(error.code()).isEqualTo(Code.OUT_OF_RANGE);
    assertThat(error.reason()).isEqualTo("TOO_MANY_POSTS");
    assertThat(error.metadata()).containsEntry("semaphore", "a").containsEntry("item", "0");
  }

  @Test
  @Rule("L6")
  void closeSession_byItsId_givesBackAndAnswersWaiters_andMayBeRepeated() throws Exception {
    ByteString session = openSession(15_000).getSessionId();
    for (int i = 1; i <= 2; i++) {
      server
          .unary()
          .acquire(
              AcquireRequest.newBuilder().setId(id(session, i)).setAcquire(Wire.one("a")).build());
    }
    Future<AcquireResult> waiting =
        SemaphoreServiceGrpc.newFutureStub(server.channel())
            .acquire(
                AcquireRequest.newBuilder()
                    .setId(id(session, 3))
                    .setAcquire(Wire.one("a").setWaitForever(true))
                    .build());
    await().until(() -> server.semaphore("a").getWaiting() == 1);
    CloseSessionRequest close = CloseSessionRequest.newBuilder().setSessionId(session).build();
    server.unary().closeSession(close);

    assertThat(server.semaphore("a").getCount()).isEqualTo(2);
    WireError error = WireError.of(() -> waitFor(waiting));
    assertThat(error.reason()).isEqualTo("SESSION_LOST");
    assertThat(server.unary().closeSession(close)).isNotNull();
  }

  @Test
  void closeSession_byItsNumber_endsItsStream() {
    RawStream stream = RawStream.open(server.channel());
    long number = stream.awaitFrame(ServerFrame::hasOpened).getOpened().getSessionNumber();
    CloseSessionRequest kill = CloseSessionRequest.newBuilder().setSessionNumber(number).build();
    server.unary().closeSession(kill);

    assertThat(stream.awaitFrame(ServerFrame::hasEnded).getEnded().getCause())
        .isEqualTo(SessionEnded.Cause.CAUSE_KILLED);
    assertThat(stream.awaitEnd()).isEqualTo(Status.OK);
    assertThat(server.unary().closeSession(kill)).isNotNull();
  }

  @Test
  void listSessions_comesInPages_oldestFirst() {
    List<Long> opened = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      opened.add(openSession(15_000).getSessionNumber());
    }
    List<Long> listed = new ArrayList<>();
    String token = "";
    do {
      ListSessionsResponse page =
          server
              .unary()
              .listSessions(
                  ListSessionsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getSessionsList().stream().map(Session::getSessionNumber).forEach(listed::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(listed).isEqualTo(opened);
  }

  private void create(String name, int max) {
    server
        .unary()
        .createSemaphore(
            CreateSemaphoreRequest.newBuilder()
                .setSemaphore(CreateSemaphore.newBuilder().setName(name).setMaxCount(max))
                .build());
  }

  private AcquireResult acquire(Acquire acquire) {
    return server.unary().acquire(AcquireRequest.newBuilder().setAcquire(acquire).build());
  }

  private dev.signalbox.v1.ReleaseResult release(ByteString grant) {
    return server
        .unary()
        .release(ReleaseRequest.newBuilder().setRelease(Wire.giveBack(grant)).build());
  }

  private Opened openSession(long leaseMillis) {
    return server
        .unary()
        .openSession(
            Open.newBuilder().setClientName("cli").setLease(Wire.millis(leaseMillis)).build());
  }

  /** A release that does nothing. */
  private static ReleaseRequest release(RequestId id) {
    return ReleaseRequest.newBuilder()
        .setId(id)
        .setRelease(Wire.giveBack(BadMessages.SOME_ID))
        .build();
  }

  private static RequestId id(ByteString session, long number) {
    return RequestId.newBuilder().setSessionId(session).setNumber(number).build();
  }

  private void giveBack(Future<AcquireResult> granted) {
    try {
      release(granted.get().getGrant().getId());
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void waitFor(Future<?> future) throws Throwable {
    try {
      future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }
}
