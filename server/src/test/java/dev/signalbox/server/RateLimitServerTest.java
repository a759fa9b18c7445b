package dev.signalbox.server;

import static dev.signalbox.server.RateLimitServer.descriptor;
import static dev.signalbox.server.RateLimitServer.request;
import static io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code.OK;
import static io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code.OVER_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a rate limit service: its file of rules, its log, its health. */
class RateLimitServerTest {
  private static final String SERVICE = "envoy.service.ratelimit.v3.RateLimitService";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private Path file;
  private final FakeClock clock = new FakeClock();

  @BeforeEach
  void nameFile() {
    file = directory.resolve("limits.yaml");
  }

  @Test
  void changedRules_holdFromThenOn_forBucketsThatAreThere() {
    try (RateLimitServer limits = start(RateLimitServer.inMemory(), rule(5))) {
      assertThat(hits(limits, 4)).isTrue();
      limits.rules(rule(8));
      await().atMost(PATIENCE).until(() -> limitOf(limits) == 8);
      // One is left of five, and three are new.
      assertThat(hits(limits, 5)).isFalse();
      assertThat(hits(limits, 4)).isTrue();
      assertThat(limits.server.semaphore("d/ratelimit/k=v").getMaxCount()).isEqualTo(8);

      limits.rules("domain: d");
      await().atMost(PATIENCE).until(() -> limitOf(limits) == 0);
      assertThat(hits(limits, 1_000)).isTrue();
    }
  }

  @Test
  void bucket_isForgottenOnceItIsSurelyFull() {
    try (RateLimitServer limits = start(RateLimitServer.inMemory(), rule(5))) {
      assertThat(hits(limits, 5)).isTrue();
      clock.advance(Duration.ofSeconds(61));
      assertThat(limits.ask("d", "k", "other").getOverallCode()).isEqualTo(OK);
      assertThat(WireError.of(() -> limits.count("d/ratelimit/k=v")).reason())
          .isEqualTo("SEMAPHORE_NOT_FOUND");
      assertThat(hits(limits, 5)).isTrue();
    }
  }

  @Test
  @Rule({"Q1", "L7"})
  void counts_surviveARestart() {
    ServerOptions.Builder durable =
        ServerOptions.builder().clientPort(0).dataDir(directory.resolve("data"));
    String daily = rule(5).replace("minute", "day");
    try (RateLimitServer limits = start(durable, daily)) {
      assertThat(hits(limits, 4)).isTrue();
    }
    try (RateLimitServer limits = start(durable, daily)) {
      assertThat(hits(limits, 2)).isFalse();
      assertThat(hits(limits, 1)).isTrue();
    }
  }

  @Test
  void roomForBuckets_isBounded() {
    ServerOptions.Builder small =
        RateLimitServer.inMemory().limits(new dev.signalbox.server.core.Limits(9, 1, 9, 9, 9, 9));
    try (RateLimitServer limits = start(small, rule(5))) {
      assertThat(hits(limits, 1)).isTrue();
      WireError error = WireError.of(() -> limits.ask("d", "k", "one too many"));
      assertThat(error.reason()).isEqualTo("QUOTA_EXCEEDED");
      assertThat(hits(limits, 1)).isTrue();
    }
  }

  @Test
  void service_isListed_andServingWhereItLeads() {
    try (RateLimitServer limits = start(RateLimitServer.inMemory(), rule(5))) {
      assertThat(limits.server.services()).contains(SERVICE);
      assertThat(health(limits.server)).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void withoutRules_theServiceIsNotThere() {
    try (TestServer server = TestServer.start()) {
      assertThat(server.services()).doesNotContain(SERVICE);
      assertStatus(Status.Code.UNIMPLEMENTED, () -> ask(server));
      assertStatus(Status.Code.NOT_FOUND, () -> health(server));
    }
  }

  @Test
  void fileThatCannotBeRead_stopsTheStart() throws IOException {
    ServerOptions options = RateLimitServer.inMemory().rateLimits(file).build();
    assertThatThrownBy(() -> SignalboxServer.start(options))
        .isInstanceOf(InvalidOption.class)
        .hasMessage("--rate-limits: " + file + ": does not exist");
    Files.writeString(file, rule(-1));
    assertThatThrownBy(() -> SignalboxServer.start(options))
        .isInstanceOf(InvalidOption.class)
        .hasMessageContaining("rate_limit.requests_per_unit (line 4) must not be negative");
  }

  private RateLimitServer start(ServerOptions.Builder options, String rules) {
    return RateLimitServer.start(options, file, rules, clock);
  }

  private static String rule(int requests) {
    return """
    domain: d
    descriptors:
      - key: k
        rate_limit: {unit: minute, requests_per_unit: %d}
    """
        .formatted(requests);
  }

  private static boolean hits(RateLimitServer limits, int hits) {
    return limits.ask(request("d", descriptor("k", "v")).setHitsAddend(hits)).getOverallCode()
        != OVER_LIMIT;
  }

  /** Looks, and takes nothing that matters: of another value. */
  private static int limitOf(RateLimitServer limits) {
    return limits.ask("d", "k", "looked at").getStatuses(0).getCurrentLimit().getRequestsPerUnit();
  }

  private static void ask(TestServer server) {
    RateLimitServiceGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .shouldRateLimit(request("d", descriptor("k", "v")).build());
  }

  private static ServingStatus health(TestServer server) {
    return HealthGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(SERVICE).build())
        .getStatus();
  }

  private static void assertStatus(
      Status.Code code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(e.getStatus().getCode()).isEqualTo(code));
  }
}
