package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.rpc.Code;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.Rule;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.server.WireError;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.CloseSessionRequest;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.CreateSemaphoreRequest;
import dev.signalbox.v1.Grant;
import dev.signalbox.v1.GrantPart;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.NotGrantedReason;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.RequestId;
import dev.signalbox.v1.ResetEvent;
import dev.signalbox.v1.ResetEventRequest;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mutexes and events on the wire, on the stream and one call at a time. */
class MutexAndEventCallsTest {
  private final TestServer server = TestServer.start();

  @BeforeEach
  void objects() {
    create(CreateSemaphore.newBuilder().setName("m").setKind(ObjectKind.OBJECT_KIND_MUTEX));
    create(CreateSemaphore.newBuilder().setName("e").setKind(ObjectKind.OBJECT_KIND_EVENT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void create(CreateSemaphore.Builder create) {
    CreateSemaphoreRequest request =
        CreateSemaphoreRequest.newBuilder().setSemaphore(create).build();
    assertThat(server.unary().createSemaphore(request).getAlreadyExisted()).isFalse();
  }

  @Test
  @Rule({"M1", "V1"})
  void create_withoutCounts_makesAnUnownedMutex_andAnEventThatIsNotSet() {
    Semaphore mutex = server.semaphore("m");
    assertThat(mutex.getKind()).isEqualTo(ObjectKind.OBJECT_KIND_MUTEX);
    assertThat(mutex.getMaxCount()).isEqualTo(1);
    assertThat(mutex.getCount()).isEqualTo(1);
    assertThat(mutex.getNumbered() && mutex.getOwnerOnly()).isTrue();
    Semaphore event = server.semaphore("e");
    assertThat(event.getKind()).isEqualTo(ObjectKind.OBJECT_KIND_EVENT);
    assertThat(event.getMaxCount()).isEqualTo(1);
    assertThat(event.getCount()).isZero();
    assertThat(event.getManualReset()).isFalse();
  }

  @Test
  @Rule({"V1", "V3"})
  void listing_showsTheKindAndTheWayOfReset() {
    create(
        CreateSemaphore.newBuilder()
            .setName("manual")
            .setKind(ObjectKind.OBJECT_KIND_EVENT)
            .setManualReset(true)
            .setInitialCount(1));
    assertThat(
            server
                .unary()
                .listSemaphores(ListSemaphoresRequest.getDefaultInstance())
                .getSemaphoresList())
        .extracting(Semaphore::getName, Semaphore::getCount, Semaphore::getManualReset)
        .containsExactly(tuple("e", 0, false), tuple("m", 1, false), tuple("manual", 1, true));
  }

  @Test
  @Rule("M3")
  void mutexWhoseOwnerWasKilled_isAbandoned_onTheStream() {
    RawStream owner = RawStream.open(server.channel());
    assertThat(owner.ask(Wire.acquire(1, "m")).getAcquire().hasGrant()).isTrue();
    killAll();
    assertThat(server.semaphore("m").getAbandoned()).isTrue();
    RawStream next = RawStream.open(server.channel());
    GrantPart part = next.ask(Wire.acquire(1, "m")).getAcquire().getGrant().getParts(0);
    assertThat(part.getAbandoned()).isTrue();
    assertThat(part.getSlotsList()).containsExactly(0);
    assertThat(part.getEpochsList()).containsExactly(2L);
    assertThat(next.ask(Wire.signal(2, "m", 1)).hasRelease()).isTrue();
    assertThat(next.ask(Wire.acquire(3, "m")).getAcquire().getGrant().getParts(0).getAbandoned())
        .isFalse();
  }

  private void killAll() {
    for (Session session : server.sessions()) {
      CloseSessionRequest kill =
          CloseSessionRequest.newBuilder().setSessionNumber(session.getSessionNumber()).build();
      assertThat(server.unary().closeSession(kill).isInitialized()).isTrue();
    }
  }

  @Test
  @Rule("M3")
  void mutexWhoseOwnerWasKilled_isAbandoned_inUnaryCalls() {
    AcquireRequest acquire = AcquireRequest.newBuilder().setAcquire(Wire.one("m")).build();
    assertThat(server.unary().acquire(acquire).hasGrant()).isTrue();
    killAll();
    Grant grant = server.unary().acquire(acquire).getGrant();
    assertThat(grant.getParts(0).getAbandoned()).isTrue();
    ReleaseRequest release =
        ReleaseRequest.newBuilder().setRelease(Wire.giveBack(grant.getId())).build();
    assertThat(server.unary().release(release).getItems(0).getReleased()).isTrue();
    assertThat(server.semaphore("m").getAbandoned()).isFalse();
  }

  @Test
  @Rule({"M4", "O8"})
  void release_ofAMutexThatIsNotHeld_isAFailedPrecondition() {
    RawStream stream = RawStream.open(server.channel());
    WireError error = WireError.of(stream.ask(Wire.signal(1, "m", 1)).getError());
    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("NOT_HELD_BY_SESSION");
    assertThat(error.metadata()).containsEntry("semaphore", "m").containsEntry("item", "0");
  }

  @Test
  @Rule({"V2", "V4"})
  void event_isSetAndReset_onTheStream() {
    RawStream stream = RawStream.open(server.channel());
    stream.send(
        Wire.acquire(1, "e"), Wire.signal(2, "e", 1), Wire.signal(3, "e", 1), reset(4), reset(5));
    assertThat(stream.reply(1).getAcquire().getGrant().getId().isEmpty()).isTrue();
    assertThat(stream.reply(1).getAcquire().getGrant().getParts(0).getConsumed()).isTrue();
    assertThat(stream.reply(3).getRelease().getItems(0).getPreviousCountsList()).containsExactly(0);
    assertThat(stream.reply(4).getReset().getPreviousCount()).isEqualTo(1);
    assertThat(stream.reply(5).hasReset()).isTrue();
    assertThat(stream.reply(5).getReset().getPreviousCount()).isZero();
  }

  private static Request reset(long number) {
    return Request.newBuilder()
        .setNumber(number)
        .setResetEvent(ResetEvent.newBuilder().setName("e"))
        .build();
  }

  @Test
  @Rule({"V4", "E1"})
  void resetCall_thatIsRepeatedUnderItsNumber_getsItsFirstAnswer() {
    RawStream stream = RawStream.open(server.channel());
    ResetEventRequest.Builder reset =
        ResetEventRequest.newBuilder().setReset(ResetEvent.newBuilder().setName("e"));
    ResetEventRequest numbered =
        reset
            .clone()
            .setId(RequestId.newBuilder().setSessionId(stream.sessionId()).setNumber(9))
            .build();
    assertThat(stream.ask(Wire.signal(1, "e", 1)).hasRelease()).isTrue();
    assertThat(server.unary().resetEvent(numbered).getPreviousCount()).isEqualTo(1);
    assertThat(server.unary().resetEvent(numbered).getPreviousCount()).isEqualTo(1);
    assertThat(server.unary().resetEvent(reset.build()).getPreviousCount()).isZero();
  }

  @Test
  @Rule("V4")
  void resetCall_ofAMutex_isAFailedPrecondition() {
    ResetEventRequest reset =
        ResetEventRequest.newBuilder().setReset(ResetEvent.newBuilder().setName("m")).build();
    WireError error = WireError.of(() -> server.unary().resetEvent(reset));
    assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(error.reason()).isEqualTo("WRONG_KIND");
    assertThat(error.metadata()).containsEntry("semaphore", "m").containsEntry("kind", "MUTEX");
  }

  @Test
  @Rule("V1")
  void acquireCall_ofAnEvent_neverHoldsAnything() {
    AcquireRequest acquire = AcquireRequest.newBuilder().setAcquire(Wire.one("e")).build();
    assertThat(server.unary().acquire(acquire).getNotGranted())
        .isEqualTo(NotGrantedReason.NOT_GRANTED_REASON_TIMED_OUT);
    ReleaseRequest set = ReleaseRequest.newBuilder().setRelease(Wire.signal("e", 1)).build();
    assertThat(server.unary().release(set).getItems(0).getPreviousCounts(0)).isZero();
    Grant grant = server.unary().acquire(acquire).getGrant();
    assertThat(grant.getId().isEmpty()).isTrue();
    assertThat(server.semaphore("e").getHeld()).isZero();
  }
}
