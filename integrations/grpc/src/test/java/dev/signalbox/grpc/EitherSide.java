package dev.signalbox.grpc;

import static dev.signalbox.grpc.TestService.BIDI;
import static dev.signalbox.grpc.TestService.COLLECT;
import static dev.signalbox.grpc.TestService.STREAM;
import static dev.signalbox.grpc.TestService.UNARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.grpc.Wire.Transport;
import dev.signalbox.server.Rule;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for limited calls on whichever side their limits stand. */
abstract class EitherSide {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final FakeLimiter limiter = new FakeLimiter();

  final CallLimitsBuilder limits() {
    return CallLimits.builder().limiter(limiter).waitAtMost(Duration.ofSeconds(30));
  }

  /** A service whose calls have these {@link #limits}. */
  abstract Wire wire(Transport transport) throws Exception;

  @ParameterizedTest
  @EnumSource
  void callOfEachKind_whenComplete_hasGivenItsPermitsBackBeforeItsCallerHears(Transport transport)
      throws Exception {
    try (Wire wire = wire(transport)) {
      for (MethodDescriptor<String, String> method : List.of(UNARY, STREAM, COLLECT, BIDI)) {
        Heard call = Heard.call(wire.channel, method, "x");
        CompletableFuture<Boolean> back = new CompletableFuture<>();
        FakeAdmission admission = new FakeAdmission();
        call.onClose = () -> back.complete(admission.isClosed());
        limiter.next().admit(admission);
        assertThat(call.code()).isEqualTo(Status.Code.OK);
        assertThat(call.messages).containsExactly("x");
        assertThat(back).isCompletedWithValue(true);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void stream_untilItEnds_keepsItsPermits(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, STREAM, "first, then hold");
      FakeAdmission admission = limiter.next().admit();
      await().atMost(PATIENCE).until(() -> call.messages.contains("first"));
      assertThat(admission.isClosed()).isFalse();
      wire.service.held.take().onCompleted();
      assertThat(call.code()).isEqualTo(Status.Code.OK);
      assertThat(admission.isClosed()).isTrue();
    }
  }

  @Test
  void decisionThatFails_endsTheCallWithInternal() throws Exception {
    try (Wire wire = wire(Transport.IN_PROCESS)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      limiter.next().decision().completeExceptionally(new IllegalStateException("wrong kind"));
      assertThat(call.code()).isEqualTo(Status.Code.INTERNAL);
      assertThat(call.end().getStatus().getDescription()).contains("fake").contains("wrong kind");
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("L4")
  void callThatHasLostItsPermitsBeforeItBegins_neverBegins(Transport transport) throws Exception {
    try (Wire wire = wire(transport)) {
      Heard call = Heard.call(wire.channel, UNARY, "x");
      FakeAdmission admission = new FakeAdmission();
      admission.lose();
      limiter.next().admit(admission);
      assertThat(call.code()).isEqualTo(Status.Code.ABORTED);
      assertThat(admission.isClosed()).isTrue();
      assertThat(wire.service.begun).hasValue(0);
    }
  }
}
