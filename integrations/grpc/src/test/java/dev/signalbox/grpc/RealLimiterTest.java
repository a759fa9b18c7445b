package dev.signalbox.grpc;

import static dev.signalbox.grpc.TestService.BIDI;
import static dev.signalbox.grpc.TestService.COLLECT;
import static dev.signalbox.grpc.TestService.STREAM;
import static dev.signalbox.grpc.TestService.UNARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.Refusal;
import dev.signalbox.grpc.Wire.Transport;
import dev.signalbox.server.Rule;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls by limiters over a real server. */
class RealLimiterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CALLS = 1_000;

  private static SignalboxServer server;
  private static SignalboxClient client;

  @BeforeAll
  static void start() throws Exception {
    server = SignalboxServer.start(ServerOptions.embedded());
    client = SignalboxClient.builder().target("127.0.0.1:" + server.port()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static CallLimits limits(Limiter limiter) {
    return CallLimits.builder()
        .limiter(limiter)
        .key("tenant", Keys.header("x-tenant", "nobody"))
        .waitAtMost(PATIENCE)
        .build();
  }

  private static Limiter limiter(String name, Limit limit) {
    return Limiter.builder(client, name).limit(limit).answerWithin(PATIENCE).build();
  }

  private static int free(String semaphore) throws InterruptedException {
    return client.semaphores().open(semaphore).info().count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Rule({"A7", "R6"})
  void callsThatEndAtRandom_giveEverythingBack(boolean onServer) throws Exception {
    long seed = Long.getLong("calls.seed", System.nanoTime());
    System.out.println("calls.seed=" + seed);
    Random random = new Random(seed);
    String semaphore = "random/" + (onServer ? "server" : "client");
    Limiter limiter = limiter("random", Limit.concurrency(semaphore, 8));
    try (Wire wire =
        onServer
            ? Wire.limitedServer(Transport.NETTY, limits(limiter))
            : Wire.limitedClient(Transport.NETTY, limits(limiter))) {
      List<Heard> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        calls.add(randomCall(wire, random));
        if (random.nextInt(3) == 0) {
          calls.get(random.nextInt(calls.size())).call.cancel("at random", null);
        }
        endHeld(wire);
      }
      await().atMost(PATIENCE).until(() -> haveEnded(wire, calls));
      await().atMost(PATIENCE).until(() -> limiter.metrics().inFlight() == 0);
      assertThat(limiter.metrics().waiting()).isZero();
      await().atMost(PATIENCE).until(() -> free(semaphore) == 8);
      assertThat(limiter.metrics().granted()).isPositive();
    }
  }

  private static boolean haveEnded(Wire wire, List<Heard> calls) {
    endHeld(wire);
    return calls.stream().allMatch(Heard::hasEnded);
  }

  private static void endHeld(Wire wire) {
    for (var held = wire.service.held.poll(); held != null; held = wire.service.held.poll()) {
      if (!held.isCancelled()) {
        held.onError(Status.DATA_LOSS.asRuntimeException());
      }
    }
  }

  private static Heard randomCall(Wire wire, Random random) {
    List<MethodDescriptor<String, String>> methods = List.of(UNARY, STREAM, COLLECT, BIDI);
    List<String> requests = List.of("x", "error", "throw", "hold");
    CallOptions options =
        random.nextInt(4) == 0
            ? CallOptions.DEFAULT.withDeadlineAfter(random.nextInt(20), TimeUnit.MILLISECONDS)
            : CallOptions.DEFAULT;
    return Heard.start(wire.channel, methods.get(random.nextInt(4)), options)
        .send(requests.get(random.nextInt(4)))
        .halfClose();
  }

  @Test
  void tenants_haveALimitEach() throws Exception {
    Limiter limiter = limiter("tenants", Limit.concurrency("calls/tenant/{tenant}", 1));
    CallLimits limits =
        CallLimits.builder()
            .limiter(limiter)
            .key("tenant", Keys.header("x-tenant", "nobody"))
            .build();
    try (Wire wire = Wire.limitedServer(Transport.NETTY, limits)) {
      Heard first = ofTenant(wire, "acme");
      var held = wire.service.held.poll(20, TimeUnit.SECONDS);
      Heard second = ofTenant(wire, "acme");
      assertThat(second.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      ofTenant(wire, "umbrella");
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
      held.onCompleted();
      first.end();
      ofTenant(wire, "acme");
      assertThat(wire.service.held.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  private static Heard ofTenant(Wire wire, String tenant) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("x-tenant", Metadata.ASCII_STRING_MARSHALLER), tenant);
    return Heard.make(wire.channel, STREAM, CallOptions.DEFAULT)
        .start(headers)
        .send("hold")
        .halfClose();
  }

  @Test
  @Rule("Q1")
  void rate_isKept_andTheRefusalSaysWhenToComeBack() throws Exception {
    Limiter limiter = limiter("rate", Limit.rate("calls/rate", 1, Duration.ofSeconds(60)).burst(2));
    CallLimits limits = CallLimits.builder().limiter(limiter).build();
    try (Wire wire = Wire.limitedClient(Transport.NETTY, limits)) {
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
      Heard third = Heard.call(wire.channel, UNARY, "x");
      assertThat(third.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(
              RefusalHints.detail(third.end(), com.google.rpc.RetryInfo.class)
                  .getRetryDelay()
                  .getSeconds())
          .isBetween(1L, 60L);
    }
  }

  @Test
  void callAfterCall_withoutWaiting_isNeverRefused() throws Exception {
    Limiter limiter = limiter("sequence", Limit.concurrency("calls/sequence", 1));
    CallLimits limits = CallLimits.builder().limiter(limiter).build();
    try (Wire clients = Wire.limitedClient(Transport.NETTY, limits);
        Wire servers = Wire.limitedServer(Transport.NETTY, limits)) {
      for (int i = 0; i < 100; i++) {
        assertThat(Heard.call(clients.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
        assertThat(Heard.call(servers.channel, UNARY, "x").code()).isEqualTo(Status.Code.OK);
      }
    }
    assertThat(limiter.metrics().refused()).isZero();
  }

  @Test
  void semaphoreOfAnotherKind_letsNobodyIn() throws Exception {
    client.events().create("calls/event", dev.signalbox.client.EventSpec.manualReset());
    Limiter limiter = limiter("kind", Limit.concurrency("calls/event", 1));
    try (Wire wire = Wire.limitedServer(Transport.NETTY, limits(limiter))) {
      assertThat(Heard.call(wire.channel, UNARY, "x").code()).isEqualTo(Status.Code.INTERNAL);
      assertThat(wire.service.begun).hasValue(0);
    }
  }

  @Test
  void serviceOutOfReach_refusesAsUnavailable() throws Exception {
    SignalboxServer gone = SignalboxServer.start(ServerOptions.embedded());
    try (SignalboxClient other =
        SignalboxClient.builder().target("127.0.0.1:" + gone.port()).build()) {
      gone.close();
      Limiter limiter =
          Limiter.builder(other, "fake")
              .limit(Limit.concurrency("calls/gone", 1))
              .answerWithin(Duration.ofMillis(100))
              .retryAfter(Duration.ofSeconds(7))
              .build();
      CallLimits limits = CallLimits.builder().limiter(limiter).build();
      try (Wire wire = Wire.limitedClient(Transport.NETTY, limits)) {
        RefusalHints.check(
            Heard.call(wire.channel, UNARY, "x").end(),
            Refusal.Cause.UNAVAILABLE,
            Duration.ofSeconds(7));
      }
    }
  }
}
