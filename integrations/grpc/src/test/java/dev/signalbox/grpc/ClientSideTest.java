package dev.signalbox.grpc;

import static dev.signalbox.grpc.TestService.BIDI;
import static dev.signalbox.grpc.TestService.STREAM;
import static dev.signalbox.grpc.TestService.UNARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.client.limit.Refusal;
import dev.signalbox.grpc.FakeLimiter.Asked;
import dev.signalbox.grpc.Wire.Transport;
import dev.signalbox.server.Rule;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of a client, by limiters whose decisions the test makes. */
class ClientSideTest extends EitherSide {
  @Override
  Wire wire(Transport transport) throws Exception {
    return Wire.limitedClient(transport, limits().build());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsSentWhileWaiting_arrivesInOrder_beforeWhatIsSentLater(Transport transport)
      throws Exception {
    try (Wire wire = wire(transport)) {
      String[] early = IntStream.range(0, 100).mapToObj(i -> "early " + i).toArray(String[]::new);
      Heard call = Heard.start(wire.channel, BIDI).send(early);
      Asked asked = limiter.next();
      assertThat(call.call.isReady()).isFalse();
      assertThat(wire.service.begun).hasValue(0);
      asked.admit();
      call.send("late").halfClose();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
      assertThat(call.messages).startsWith(early).endsWith("late").hasSize(101);
    }
  }

  @ParameterizedTest
  @EnumSource
  void callThatFails_givesItsPermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      for (String how : List.of("error", "throw")) {
        Heard call = Heard.call(wire.channel, UNARY, how);
        FakeAdmission admission = limiter.next().admit();
        assertThat(call.code()).isIn(Status.Code.DATA_LOSS, Status.Code.UNKNOWN);
        assertThat(admission.isClosed()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("A7")
  void callThatIsCancelledWhileWaiting_isWithdrawn_andNeverSent(Transport transport)
      throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      Asked asked = limiter.next();
      call.call.cancel("no longer wanted", null);
      assertThat(call.code()).isEqualTo(Status.Code.CANCELLED);
      assertThat(call.end().getStatus().getDescription()).contains("no longer wanted");
      assertThat(asked.decision()).isCancelled();
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("A7")
  void admissionThatCrossesACancellation_isGivenBack(Transport transport) throws Exception {
    limiter.late = true;
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      Asked asked = limiter.next();
      call.call.cancel("no longer wanted", null);
      FakeAdmission admission = asked.admit();
      assertThat(call.code()).isEqualTo(Status.Code.CANCELLED);
      assertThat(admission.isClosed()).isTrue();
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void callThatIsCancelledWhileItRuns_givesItsPermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, STREAM, "hold");
      FakeAdmission admission = limiter.next().admit();
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      call.call.cancel("enough", null);
      assertThat(call.code()).isEqualTo(Status.Code.CANCELLED);
      assertThat(admission.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void deadlineThatPassesWhileWaiting_endsTheCall_andWithdrawsIt(Transport transport)
      throws Exception {
    try (Wire wire = wire(transport)) {
      CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(200, TimeUnit.MILLISECONDS);
      Heard call = Heard.start(wire.channel, UNARY, soon).send("x").halfClose();
      Asked asked = limiter.next();
      assertThat(asked.atMost()).isBetween(Duration.ZERO, Duration.ofMillis(200));
      assertThat(call.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(asked.decision()).isCancelled();
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void deadlineThatPassesWhileItRuns_givesItsPermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS);
      Heard call = Heard.start(wire.channel, UNARY, soon).send("hold").halfClose();
      FakeAdmission admission = limiter.next().admit();
      assertThat(call.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(admission.isClosed()).isTrue();
    }
  }

  @Test
  void contextThatIsCancelledWhileWaiting_endsTheCall() throws Exception {
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      Context.CancellableContext context = Context.current().withCancellation();
      Heard call = context.call(() -> Heard.call(wire.channel, UNARY, "x"));
      Asked asked = limiter.next();
      context.cancel(null);
      assertThat(call.code()).isEqualTo(Status.Code.CANCELLED);
      assertThat(asked.decision()).isCancelled();
    }
  }

  @ParameterizedTest
  @EnumSource
  void serverThatGoesAway_givesThePermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, UNARY, "hold");
      FakeAdmission admission = limiter.next().admit();
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      wire.server.shutdownNow();
      assertThat(call.end().getStatus().isOk()).isFalse();
      assertThat(admission.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void channelThatIsShutDown_givesThePermitsBack(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard running = Heard.call(wire.channel, UNARY, "hold");
      FakeAdmission admission = limiter.next().admit();
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      Heard waiting = Heard.call(wire.channel, UNARY, "x");
      Asked asked = limiter.next();
      wire.channel.shutdownNow();
      FakeAdmission late = asked.admit();
      assertThat(running.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(waiting.code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(admission.isClosed()).isTrue();
      assertThat(late.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Refusal.Cause.class)
  void refusedCall_endsWithARetryHint(Refusal.Cause cause) throws Exception {
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      limiter.next().refuse(cause, Duration.ofMillis(1_250));
      RefusalHints.check(call.end(), cause, Duration.ofMillis(1_250));
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @Test
  void functionThatFails_endsTheCallWithInternal() throws Exception {
    List<CallLimits> broken =
        List.of(
            limits().key("tenant", call -> call.authority().get().substring(1_000)).build(),
            CallLimits.builder()
                .choose(call -> {
                  throw new IllegalStateException("no idea");
                })
                .build());
    for (CallLimits limits : broken) {
      try (Wire wire = Wire.limitedClient(Transport.IN_PROCESS, limits)) {
        assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.INTERNAL);
        assertThat(wire.service.begun).hasValue(0);
      }
    }
    assertThat(limiter.wasAsked()).isFalse();
  }

  @Test
  void listener_alwaysHearsOnTheExecutorOfItsCall() throws Exception {
    ExecutorService own = Executors.newSingleThreadExecutor(work -> new Thread(work, "own"));
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      CallOptions options = CallOptions.DEFAULT.withExecutor(own);
      Heard passes = Heard.start(wire.channel, UNARY, options).send("x").halfClose();
      limiter.next().admit();
      passes.end();
      Heard refused = Heard.start(wire.channel, UNARY, options).send("x").halfClose();
      limiter.next().refuse(Refusal.Cause.LIMIT, Duration.ofSeconds(1));
      refused.end();
      assertThat(passes.threads).containsOnly("own");
      assertThat(refused.threads).containsExactly("own");
    } finally {
      own.shutdown();
    }
  }

  @Test
  void blockingCall_waitsForItsDecision() throws Exception {
    try (Wire wire = wire(Transport.NETTY)) {
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> ClientCalls.blockingUnaryCall(wire.channel, UNARY, CallOptions.DEFAULT, "x"));
      FakeAdmission admission = limiter.next().admit();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("x");
      assertThat(admission.isClosed()).isTrue();
    }
  }

  @Test
  void callThatIsLetInAtOnce_isSentByItsCaller() throws Exception {
    limiter.open = true;
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
      assertThat(limiter.admitted).hasSize(1).allMatch(FakeAdmission::isClosed);
    }
  }

  @Test
  void callThatCannotBeSent_givesItsPermitsBack_andEnds() throws Exception {
    ClientInterceptor broken =
        new ClientInterceptor() {
          @Override
          public <Q, R> ClientCall<Q, R> interceptCall(
              MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
            return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
              @Override
              public void start(Listener<R> listener, Metadata headers) {
                throw new IllegalStateException("cannot start");
              }
            };
          }
        };
    try (Wire wire =
        Wire.limitedClient(Transport.IN_PROCESS, broken, limits().build().clientInterceptor())) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      FakeAdmission admission = limiter.next().admit();
      assertThat(call.end().getStatus().getCause()).hasMessage("cannot start");
      assertThat(admission.isClosed()).isTrue();
    }
  }

  @Test
  void callThatWasCancelledBeforeItsStart_cannotBeStarted() throws Exception {
    limiter.open = true;
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      Heard call = Heard.make(wire.channel, UNARY, CallOptions.DEFAULT);
      call.call.cancel("early", null);
      call.start(new Metadata());
      assertThat(call.end().getStatus().isOk()).isFalse();
      assertThat(limiter.admitted).allMatch(FakeAdmission::isClosed);
    }
  }

  @Test
  void methodWithoutALimiter_isNotTouched() throws Exception {
    CallLimits limits = CallLimits.builder().limiter(Methods.named("a/B"), limiter).build();
    ClientCall<String, String> call =
        new ClientCall<>() {
          @Override
          public void start(Listener<String> listener, Metadata headers) {}

          @Override
          public void request(int messages) {}

          @Override
          public void cancel(@Nullable String message, @Nullable Throwable cause) {}

          @Override
          public void halfClose() {}

          @Override
          public void sendMessage(String message) {}
        };
    Channel channel =
        new Channel() {
          @Override
          @SuppressWarnings("unchecked")
          public <Q, R> ClientCall<Q, R> newCall(
              MethodDescriptor<Q, R> method, CallOptions options) {
            return (ClientCall<Q, R>) call;
          }

          @Override
          public String authority() {
            return "test";
          }
        };
    assertThat(limits.clientInterceptor().interceptCall(UNARY, CallOptions.DEFAULT, channel))
        .isSameAs(call);
  }

  @Test
  void callThatTheFunctionHasNoLimiterFor_passes() throws Exception {
    CallLimits limits = CallLimits.builder().choose(call -> java.util.Optional.empty()).build();
    try (Wire wire = Wire.limitedClient(Transport.IN_PROCESS, limits)) {
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("L4")
  void callThatLosesItsPermits_isCancelled_ifItShallBe(Transport transport) throws Exception {
    try (Wire wire = Wire.limitedClient(transport, limits().cancelWhenLost(true).build())) {
      Heard call = Heard.call(wire.channel, UNARY, "hold");
      FakeAdmission admission = limiter.next().admit();
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      admission.lose();
      assertThat(call.code()).isEqualTo(Status.Code.CANCELLED);
      assertThat(call.end().getStatus().getDescription()).contains("lost");
    }
  }

  @Test
  void callThatLosesItsPermits_otherwiseGoesOn() throws Exception {
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      Heard call = Heard.call(wire.channel, UNARY, "hold");
      FakeAdmission admission = limiter.next().admit();
      var held = wire.service.held.poll(20, TimeUnit.SECONDS);
      admission.lose();
      held.onNext("done");
      held.onCompleted();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void waitOutOfRange_isRefusedByName() {
    for (Duration wait : List.of(Duration.ofMillis(-1), Duration.ofDays(366))) {
      assertThatThrownBy(() -> CallLimits.builder().waitAtMost(wait))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("waitAtMost");
    }
  }

  @Test
  void statusOfARefusal_isKnownToTheStubs() throws Exception {
    try (Wire wire = wire(Transport.NETTY)) {
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> ClientCalls.blockingUnaryCall(wire.channel, UNARY, CallOptions.DEFAULT, "x"));
      limiter.next().refuse(Refusal.Cause.LIMIT, Duration.ofSeconds(3));
      assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> RefusalHints.check(e, Refusal.Cause.LIMIT, Duration.ofSeconds(3)));
    }
  }
}
