package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.signalbox.server.core.Limits;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionEnded;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalboxServerTest {
  @Test
  void health_isServing_andNotServingOnceItStops() {
    List<ServingStatus> seen = new CopyOnWriteArrayList<>();
    try (TestServer server = TestServer.start()) {
      HealthGrpc.newStub(server.channel())
          .watch(HealthCheckRequest.getDefaultInstance(), new Collector(seen));
      await().until(() -> seen.equals(List.of(ServingStatus.SERVING)));
      for (String service :
          List.of("signalbox.v1.SessionService", "signalbox.v1.SemaphoreService")) {
        assertThat(
                HealthGrpc.newBlockingStub(server.channel())
                    .check(HealthCheckRequest.newBuilder().setService(service).build())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      }
      server.server().close();
      assertThat(seen).containsExactly(ServingStatus.SERVING, ServingStatus.NOT_SERVING);
    }
  }

  @Test
  void reflection_listsTheServices() {
    try (TestServer server = TestServer.start()) {
      assertThat(server.services())
          .contains("signalbox.v1.SessionService", "signalbox.v1.SemaphoreService");
    }
  }

  @Test
  void stop_saysGoodbye_endsStreams_andFailsWhatWaits() throws Exception {
    try (TestServer server = TestServer.start()) {
      RawStream stream = RawStream.open(server.channel());
      stream.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
      Future<AcquireResult> waiting =
          SemaphoreServiceGrpc.newFutureStub(server.newChannel())
              .acquire(
                  AcquireRequest.newBuilder()
                      .setAcquire(Wire.one("a").setWaitForever(true))
                      .build());
      await().until(() -> server.semaphore("a").getWaiting() == 1);
      server.server().close();

      assertThat(stream.awaitFrame(ServerFrame::hasGoingAway)).isNotNull();
      assertGoingAway(WireError.of(stream.awaitError()));
      assertGoingAway(
          WireError.of(() -> {
            try {
              waiting.get(20, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
              throw e.getCause();
            }
          }));
      assertThat(Status.fromThrowable(catchThrowable(server::sessions)).getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void stop_twice_isFine_andFreesThePort() throws IOException {
    TestServer server = TestServer.start();
    int port = server.server().port();
    server.close();
    server.close();

    try (SignalboxServer again =
        SignalboxServer.start(ServerOptions.builder().log("volatile").clientPort(port).build())) {
      assertThat(again.port()).isEqualTo(port);
      assertThat(again.hasFailed()).isFalse();
    }
  }

  @Test
  @Rule("Q3")
  void limits_areThoseOfTheOptions() {
    Limits limits = new Limits(2, 1, 1, 50, 1, 1);
    try (TestServer server =
        TestServer.start(
            ServerOptions.builder().log("volatile").clientPort(0).limits(limits).build())) {
      RawStream stream = RawStream.open(server.channel());
      stream.ask(Wire.create(1, "a", 1));
      WireError error = WireError.of(stream.ask(Wire.create(2, "b", 1)).getError());
      assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
      assertThat(error.metadata()).containsEntry("quota", "semaphores").containsEntry("limit", "1");

      RawStream.open(server.channel());
      RawStream third = RawStream.connect(server.channel());
      third.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName("third")));
      assertThat(WireError.of(third.awaitError()).metadata()).containsEntry("quota", "sessions");
    }
  }

  @Test
  @Rule({"L1", "L2", "L3"})
  void silentSession_expiresByTheServersClock_andItsPermitsGoToTheNext() {
    FakeClock clock = new FakeClock();
    Open lease = Open.newBuilder().setClientName("raw").setLease(Wire.millis(4_000)).build();
    try (TestServer server = TestServer.start(ServerOptions.embedded(), clock)) {
      RawStream silent = RawStream.open(server.channel(), lease);
      RawStream waiting = RawStream.open(server.newChannel(), lease);
      silent.ask(Wire.create(1, "a", 1), Wire.acquire(2, "a"));
      waiting.awaitRenewed(waiting.send(Wire.acquire(1, "a")));
      for (int i = 0; i < 4; i++) {
        pass(Duration.ofMillis(900), clock);
        waiting.awaitRenewed(waiting.send(ClientFrame.newBuilder()));
      }
      assertThat(waiting.replies(1)).isEmpty();
      pass(Duration.ofMillis(400), clock);

      assertThat(waiting.reply(1).getAcquire().hasGrant()).isTrue();
      assertThat(silent.awaitFrame(ServerFrame::hasEnded).getEnded().getCause())
          .isEqualTo(SessionEnded.Cause.CAUSE_EXPIRED);
      assertThat(silent.awaitEnd()).isEqualTo(Status.OK);
      assertThat(server.sessions()).hasSize(1);
    }
  }

  @Test
  @Rule("L7")
  void serverThatWasStoppedForLong_givesEverySessionAFullLease() {
    FakeClock clock = new FakeClock();
    try (TestServer server = TestServer.start(ServerOptions.embedded(), clock)) {
      RawStream stream = RawStream.open(server.channel());
      pass(Duration.ofMinutes(10), clock);
      pass(Duration.ofMillis(900), clock);

      assertThat(stream.ask(Wire.create(1, "a", 1)).hasSemaphore()).isTrue();
    }
  }

  /** Lets time pass, and the server look who was silent. */
  private static void pass(Duration time, FakeClock clock) {
    clock.advance(time);
    long before = clock.readsBy("signalbox-liveness");
    await().until(() -> clock.readsBy("signalbox-liveness") > before + 4);
  }

  private static void assertGoingAway(WireError error) {
    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error.reason()).isEqualTo("GOING_AWAY");
  }

  private record Collector(List<ServingStatus> seen)
      implements StreamObserver<HealthCheckResponse> {
    @Override
    public void onNext(HealthCheckResponse value) {
      seen.add(value.getStatus());
    }

    @Override
    public void onError(Throwable t) {}

    @Override
    public void onCompleted() {}
  }
}
