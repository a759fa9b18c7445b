package dev.signalbox.grpc;

import static dev.signalbox.grpc.TestService.BIDI;
import static dev.signalbox.grpc.TestService.COLLECT;
import static dev.signalbox.grpc.TestService.STREAM;
import static dev.signalbox.grpc.TestService.UNARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import dev.signalbox.client.limit.Refusal;
import dev.signalbox.grpc.FakeLimiter.Asked;
import dev.signalbox.grpc.Wire.Transport;
import dev.signalbox.server.Rule;
import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls to a server, by limiters whose decisions the test makes. */
class ServerSideTest extends EitherSide {
  @Override
  Wire wire(Transport transport) throws Exception {
    return Wire.limitedServer(transport, limits().build());
  }

  @ParameterizedTest
  @EnumSource
  void whatArrivesWhileWaiting_isHandledInOrder_whenItIsLetIn(Transport transport)
      throws Exception {
    try (Wire wire = wire(transport)) {
      String[] early = IntStream.range(0, 100).mapToObj(i -> "early " + i).toArray(String[]::new);
      Heard call = Heard.start(wire.channel, BIDI).send(early);
      Asked asked = limiter.next();
      assertThat(wire.service.begun).hasValue(0);
      asked.admit();
      call.send("late").halfClose();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
      assertThat(call.messages).startsWith(early).endsWith("late").hasSize(101);
    }
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatFails_givesThePermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      for (String how : List.of("error", "throw")) {
        Heard call = Heard.call(wire.channel, UNARY, how);
        FakeAdmission admission = limiter.next().admit();
        assertThat(call.code()).isIn(Status.Code.DATA_LOSS, Status.Code.UNKNOWN);
        admission.awaitClosed();
      }
    }
  }

  @Test
  void handlerThatThrowsAtItsBeginning_endsTheCall_andGivesThePermitsBack() throws Exception {
    ServerInterceptor broken =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            throw new IllegalStateException("cannot begin");
          }
        };
    try (Wire wire =
        Wire.limitedServer(Transport.NETTY, broken, limits().build().serverInterceptor())) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      FakeAdmission admission = limiter.next().admit();
      assertThat(call.code()).isEqualTo(Status.Code.UNKNOWN);
      admission.awaitClosed();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handlerThatThrows_whenTheCallWasLetInAtOnce_endsTheCall(Transport transport)
      throws Exception {
    limiter.open = true;
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, COLLECT, "x", "throw");
      assertThat(call.code()).isEqualTo(Status.Code.UNKNOWN);
      limiter.admitted.get(0).awaitClosed();
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("A7")
  void clientThatGoesWhileWaiting_withdrawsTheRequest(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      Asked asked = limiter.next();
      call.call.cancel("no longer wanted", null);
      await().atMost(PATIENCE).until(() -> asked.decision().isCancelled());
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("A7")
  void deadlineThatPassesWhileWaiting_withdrawsTheRequest(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS);
      Heard call = Heard.start(wire.channel, UNARY, soon).send("x").halfClose();
      Asked asked = limiter.next();
      assertThat(asked.atMost()).isBetween(Duration.ZERO, Duration.ofSeconds(2));
      assertThat(call.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      await().atMost(PATIENCE).until(() -> asked.decision().isCancelled());
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void connectionThatBreaks_withdrawsWhatWaits_andGivesBackWhatRuns(Transport transport)
      throws Exception {
    try (Wire wire = wire(transport)) {
      Heard.call(wire.channel, UNARY, "hold");
      FakeAdmission admission = limiter.next().admit();
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      Heard.call(wire.channel, UNARY, "x");
      Asked asked = limiter.next();
      wire.channel.shutdownNow();
      admission.awaitClosed();
      await().atMost(PATIENCE).until(() -> asked.decision().isCancelled());
    }
  }

  @ParameterizedTest
  @EnumSource
  void serverThatStops_givesThePermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard.call(wire.channel, UNARY, "hold");
      FakeAdmission admission = limiter.next().admit();
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      wire.server.shutdownNow();
      admission.awaitClosed();
    }
  }

  @ParameterizedTest
  @EnumSource
  void handler_hearsOfACancellation_beforeThePermitsAreBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, STREAM, "hold");
      FakeAdmission admission = limiter.next().admit();
      CompletableFuture<Boolean> back = new CompletableFuture<>();
      wire.service.onCancel = () -> back.complete(admission.isClosed());
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      call.call.cancel("enough", null);
      assertThat(back.get(20, TimeUnit.SECONDS)).isFalse();
      admission.awaitClosed();
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.Cause.class)
  void refusedCall_endsWithARetryHint(Refusal.Cause cause) throws Exception {
    try (Wire wire = wire(Transport.NETTY)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      limiter.next().refuse(cause, Duration.ofNanos(1_250_000_001));
      RefusalHints.check(call.end(), cause, Duration.ofNanos(1_250_000_001));
      assertThat(Refusals.trailers(call.end()).get(Refusals.PUSHBACK)).isEqualTo("1251");
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void retryOfGrpcsOwn_comesWhenTheRefusalSays(Transport transport) throws Exception {
    try (Wire wire = Wire.retryingClient(transport, limits().build())) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      limiter.next().refuse(Refusal.Cause.LIMIT, Duration.ofMillis(5));
      limiter.next().admit();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // The mistake that it is about.
  void functionThatSaysNothing_endsTheCallWithInternal() throws Exception {
    CallLimits broken = CallLimits.builder().choose(call -> null).build();
    try (Wire wire = Wire.limitedServer(Transport.IN_PROCESS, broken)) {
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.INTERNAL);
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @Test
  void methodWithoutALimiter_isNotTouched() throws Exception {
    CallLimits limits =
        CallLimits.builder().limiter(Methods.ofService("other.Service"), limiter).build();
    try (Wire wire = Wire.limitedServer(Transport.NETTY, limits)) {
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
      assertThat(limiter.wasAsked()).isFalse();
    }
  }

  @Test
  void handlerThatWasBegunLater_seesTheContextOfItsCall() throws Exception {
    Context.Key<String> key = Context.key("caller");
    ServerInterceptor outer =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            return Contexts.interceptCall(
                Context.current().withValue(key, "alice"), call, headers, next);
          }
        };
    CompletableFuture<String> seen = new CompletableFuture<>();
    ServerInterceptor inner =
        new ServerInterceptor() {
          @Override
          public <Q, R> ServerCall.Listener<Q> interceptCall(
              ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            seen.complete(key.get());
            return next.startCall(call, headers);
          }
        };
    CallLimits limits = limits().key("caller", call -> Objects.requireNonNull(key.get())).build();
    try (Wire wire =
        Wire.limitedServer(Transport.NETTY, inner, limits.serverInterceptor(), outer)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      Asked asked = limiter.next();
      assertThat(asked.keys().values()).containsEntry("caller", "alice");
      asked.admit();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
      assertThat(seen).isCompletedWithValue("alice");
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("L4")
  void callThatLosesItsPermits_isEnded_ifItShallBe(Transport transport) throws Exception {
    try (Wire wire = Wire.limitedServer(transport, limits().cancelWhenLost(true).build())) {
      Heard call = Heard.call(wire.channel, STREAM, "first, then hold");
      FakeAdmission admission = limiter.next().admit();
      ServerCallStreamObserver<String> held = wire.service.held.poll(20, TimeUnit.SECONDS);
      CompletableFuture<Boolean> told = new CompletableFuture<>();
      wire.service.onCancel = () -> told.complete(held.isCancelled());
      admission.lose();
      assertThat(call.code()).isEqualTo(Status.Code.ABORTED);
      assertThat(RefusalHints.detail(call.end(), ErrorInfo.class).getReason())
          .isEqualTo("PERMIT_LOST");
      assertThat(told.get(20, TimeUnit.SECONDS)).isTrue();
      held.onNext("goes nowhere");
      held.onCompleted();
      assertThat(call.messages).containsExactly("first");
      assertThat(wire.service.cancelled).hasValue(1);
    }
  }

  @Test
  void callThatLosesItsPermits_otherwiseGoesOn() throws Exception {
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      Heard call = Heard.call(wire.channel, STREAM, "hold");
      FakeAdmission admission = limiter.next().admit();
      ServerCallStreamObserver<String> held = wire.service.held.poll(20, TimeUnit.SECONDS);
      admission.lose();
      held.onCompleted();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
    }
  }
}
