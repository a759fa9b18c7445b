package dev.signalbox.server.transport;

import static dev.signalbox.server.RateLimitServer.descriptor;
import static dev.signalbox.server.RateLimitServer.request;
import static io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code.OK;
import static io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code.OVER_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.UInt64Value;
import com.google.rpc.Code;
import dev.signalbox.server.FakeClock;
import dev.signalbox.server.RateLimitServer;
import dev.signalbox.server.Rule;
import dev.signalbox.server.WireError;
import dev.signalbox.v1.Acquire;
import dev.signalbox.v1.AcquirePart;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.RateLimitOverride;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.envoyproxy.envoy.type.v3.RateLimitUnit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envoy's protocol, spoken by its own stubs. Each test has keys of its own. */
class RateLimitCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String RULES =
      """
      domain: edge
      descriptors:
        - key: tenant
          rate_limit: {unit: minute, requests_per_unit: 10}
        - key: tenant
          value: closed
          rate_limit: {unit: hour, requests_per_unit: 0}
        - key: tenant
          value: free
          rate_limit: {unlimited: true}
        - key: bursts
          rate_limit: {unit: second, requests_per_unit: 2, burst: 5}
        - key: trial
          rate_limit: {unit: minute, requests_per_unit: 3}
          shadow_mode: true
        - key: trial
          value: closed
          rate_limit: {unit: minute, requests_per_unit: 0}
          shadow_mode: true
        - key: path
          descriptors:
            - key: method
              value: POST
              rate_limit: {unit: day, requests_per_unit: 1}
      """;

  @TempDir private static Path directory;
  private static final FakeClock CLOCK = new FakeClock();
  private static RateLimitServer limits;

  @BeforeAll
  static void start() {
    limits =
        RateLimitServer.start(
            RateLimitServer.inMemory(), directory.resolve("limits.yaml"), RULES, CLOCK);
  }

  @AfterAll
  static void stop() {
    limits.close();
  }

  @Test
  @Rule("Q1")
  void ofAHundredAtOnce_asManyPassAsTheLimitSays() throws Exception {
    List<Future<RateLimitResponse>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(
          RateLimitServiceGrpc.newFutureStub(limits.server.channel())
              .shouldRateLimit(request("edge", descriptor("tenant", "crowd")).build()));
    }
    int passed = 0;
    for (Future<RateLimitResponse> answer : answers) {
      passed += answer.get(20, TimeUnit.SECONDS).getOverallCode() == OK ? 1 : 0;
    }
    assertThat(passed).isEqualTo(10);
  }

  @Test
  @Rule("Q1")
  void hits_comeBackEvenly_notAtTheEndOfTheMinute() {
    assertThat(ask(10, descriptor("tenant", "steady"))).isEqualTo(OK);
    CLOCK.advance(Duration.ofMillis(5_999));
    assertThat(ask(1, descriptor("tenant", "steady"))).isEqualTo(OVER_LIMIT);
    CLOCK.advance(Duration.ofMillis(1));
    assertThat(ask(1, descriptor("tenant", "steady"))).isEqualTo(OK);
    assertThat(ask(1, descriptor("tenant", "steady"))).isEqualTo(OVER_LIMIT);
  }

  @Test
  @Rule("Q2")
  void requestIsWithinAllOfItsLimits_orTakesNothing() {
    assertThat(ask(9, descriptor("tenant", "both"))).isEqualTo(OK);
    RateLimitResponse refused =
        limits.ask(
            request("edge", descriptor("tenant", "both"), descriptor("bursts", "both"))
                .setHitsAddend(2));

    assertThat(refused.getOverallCode()).isEqualTo(OVER_LIMIT);
    assertThat(refused.getStatusesList())
        .extracting(DescriptorStatus::getCode)
        .containsExactly(OVER_LIMIT, OK);
    assertThat(refused.getStatusesList())
        .extracting(DescriptorStatus::getLimitRemaining)
        .containsExactly(1, 5);
    assertThat(limits.count("edge/ratelimit/bursts=both")).isEqualTo(5);
    assertThat(ask(1, descriptor("tenant", "both"), descriptor("bursts", "both"))).isEqualTo(OK);
    assertThat(limits.count("edge/ratelimit/bursts=both")).isEqualTo(4);
    assertThat(limits.count("edge/ratelimit/tenant=both")).isZero();
  }

  @Test
  void hits_areTheRequests_unlessTheDescriptorHasItsOwn() {
    assertThat(ask(0, descriptor("tenant", "hits"))).isEqualTo(OK);
    assertThat(limits.count("edge/ratelimit/tenant=hits")).isEqualTo(9);
    assertThat(ask(7, descriptor("tenant", "hits").setHitsAddend(UInt64Value.of(4)))).isEqualTo(OK);
    assertThat(limits.count("edge/ratelimit/tenant=hits")).isEqualTo(5);
    assertThat(ask(7, descriptor("tenant", "hits"))).isEqualTo(OVER_LIMIT);
    assertThat(limits.count("edge/ratelimit/tenant=hits")).isEqualTo(5);
  }

  @Test
  void zeroHits_onlyLook() {
    RateLimitDescriptor.Builder look =
        descriptor("tenant", "look").setHitsAddend(UInt64Value.of(0));
    RateLimitResponse first = limits.ask(request("edge", look));
    assertThat(first.getOverallCode()).isEqualTo(OK);
    assertThat(first.getStatuses(0).getLimitRemaining()).isEqualTo(10);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(limits.count("edge/ratelimit/tenant=look")).isEqualTo(10));
    assertThat(ask(10, descriptor("tenant", "look"))).isEqualTo(OK);
    assertThat(limits.ask(request("edge", look)).getOverallCode()).isEqualTo(OVER_LIMIT);
  }

  @Test
  void moreHitsThanCanEverGather_areOver_andTakeNothing() {
    RateLimitResponse refused =
        limits.ask(
            request(
                "edge",
                descriptor("tenant", "huge").setHitsAddend(UInt64Value.of(-1)),
                descriptor("bursts", "huge")));
    assertThat(refused.getStatusesList())
        .extracting(DescriptorStatus::getCode)
        .containsExactly(OVER_LIMIT, OK);
    assertThat(headers(refused)).doesNotContainKey("retry-after");
    assertThat(limits.count("edge/ratelimit/tenant=huge")).isEqualTo(10);
    assertThat(limits.count("edge/ratelimit/bursts=huge")).isEqualTo(5);
  }

  @Test
  void descriptorGivenTwice_countsTwice() {
    assertThat(ask(5, descriptor("tenant", "twin"), descriptor("tenant", "twin"))).isEqualTo(OK);
    assertThat(limits.count("edge/ratelimit/tenant=twin")).isZero();
  }

  @Test
  void noRule_orUnlimited_passes() {
    RateLimitResponse free =
        limits.ask(
            request(
                    "edge",
                    descriptor("who", "anybody"),
                    descriptor("path", "/a"),
                    descriptor("path", "/a", "method", "GET"),
                    descriptor("tenant", "free"))
                .setHitsAddend(1_000));
    assertThat(free.getOverallCode()).isEqualTo(OK);
    assertThat(free.getStatusesList())
        .hasSize(4)
        .allMatch(status -> status.getCode() == OK && !status.hasCurrentLimit());
    assertThat(limits.ask("unknown", "tenant", "acme").getOverallCode()).isEqualTo(OK);
  }

  @Test
  void limitOfZero_isAlwaysOver() {
    RateLimitResponse refused =
        limits.ask(request("edge", descriptor("tenant", "closed"), descriptor("bursts", "closed")));
    assertThat(refused.getOverallCode()).isEqualTo(OVER_LIMIT);
    assertThat(headers(refused)).doesNotContainKey("retry-after");
    assertThat(limits.count("edge/ratelimit/bursts=closed")).isEqualTo(5);
  }

  @Test
  void nestedRule_countsItsWholeWay() {
    assertThat(ask(1, descriptor("path", "/a", "method", "POST"))).isEqualTo(OK);
    assertThat(ask(1, descriptor("path", "/b", "method", "POST"))).isEqualTo(OK);
    assertThat(ask(1, descriptor("path", "/a", "method", "POST"))).isEqualTo(OVER_LIMIT);
  }

  @Test
  void shadowRule_countsButRefusesNobody() {
    for (int i = 0; i < 5; i++) {
      RateLimitResponse passed =
          limits.ask(
              request(
                  "edge",
                  descriptor("trial", "a"),
                  descriptor("trial", "closed"),
                  descriptor("tenant", "a")));
      assertThat(passed.getStatusesList()).allMatch(status -> status.getCode() == OK);
      assertThat(passed.getStatuses(0).getLimitRemaining()).isEqualTo(Math.max(0, 2 - i));
    }
    assertThat(limits.count("edge/ratelimit/tenant=a")).isEqualTo(5);
  }

  @Test
  void limitThatTheRequestBringsAlong_takesTheRulesPlace() {
    RateLimitDescriptor.Builder two =
        descriptor("tenant", "vip").setLimit(override(2, RateLimitUnit.HOUR));
    RateLimitDescriptor.Builder three =
        descriptor("tenant", "vip").setLimit(override(3, RateLimitUnit.HOUR));
    assertThat(ask(2, two)).isEqualTo(OK);
    assertThat(ask(1, two)).isEqualTo(OVER_LIMIT);
    assertThat(ask(3, three)).isEqualTo(OK);
    assertThat(ask(10, descriptor("tenant", "vip"))).isEqualTo(OK);
    assertThat(limits.count("edge/ratelimit/tenant=vip/@2:HOUR")).isZero();
    assertThat(ask(1, descriptor("else", "x").setLimit(override(1, RateLimitUnit.DAY))))
        .isEqualTo(OK);
    assertThat(ask(1, descriptor("else", "x").setLimit(override(1, RateLimitUnit.DAY))))
        .isEqualTo(OVER_LIMIT);
  }

  @Test
  void refusal_saysInHeadersWhatToDo() {
    limits.ask(request("edge", descriptor("tenant", "told")).setHitsAddend(8));
    RateLimitResponse refused =
        limits.ask(
            request("edge", descriptor("tenant", "told"), descriptor("bursts", "told"))
                .setHitsAddend(4));

    assertThat(headers(refused))
        .isEqualTo(
            Map.of(
                "x-ratelimit-limit",
                "10, 10;w=60, 2;w=1;burst=5",
                "x-ratelimit-remaining",
                "2",
                "x-ratelimit-reset",
                "48",
                "retry-after",
                "12"));
    DescriptorStatus status = refused.getStatuses(0);
    assertThat(status.getCurrentLimit().getRequestsPerUnit()).isEqualTo(10);
    assertThat(status.getCurrentLimit().getUnit())
        .isEqualTo(RateLimitResponse.RateLimit.Unit.MINUTE);
    assertThat(status.getDurationUntilReset().getSeconds()).isEqualTo(48);
  }

  @Test
  @Rule("A3")
  void whoeverWaitsInLine_isNotOvertaken() throws Exception {
    assertThat(ask(9, descriptor("tenant", "queue"))).isEqualTo(OK);
    Future<?> waiting =
        SemaphoreServiceGrpc.newFutureStub(limits.server.newChannel())
            .acquire(
                AcquireRequest.newBuilder()
                    .setAcquire(waiting("edge/ratelimit/tenant=queue", 2))
                    .build());
    await()
        .atMost(PATIENCE)
        .until(() -> limits.server.semaphore("edge/ratelimit/tenant=queue").getWaiting() == 1);
    RateLimitResponse refused =
        limits.ask(request("edge", descriptor("tenant", "queue"), descriptor("bursts", "queue")));
    assertThat(refused.getStatusesList())
        .extracting(DescriptorStatus::getCode)
        .containsExactly(OVER_LIMIT, OK);
    waiting.cancel(true);
  }

  @Test
  void invalidField_isNamed() {
    assertInvalid("domain", request("", descriptor("a", "b")));
    assertInvalid("descriptors", request("edge"));
    assertInvalid("descriptors[1].entries", request("edge", descriptor("a", "b"), descriptor()));
    assertInvalid(
        "descriptors[0].limit.unit",
        request("edge", descriptor("a", "b").setLimit(override(1, RateLimitUnit.MONTH))));
    RateLimitRequest.Builder many = request("edge");
    for (int i = 0; i < 65; i++) {
      many.addDescriptors(descriptor("tenant", "many" + i));
    }
    assertInvalid("descriptors", many);
    assertThat(limits.ask(many.removeDescriptors(64)).getOverallCode()).isEqualTo(OK);
  }

  private static RateLimitResponse.Code ask(int hits, RateLimitDescriptor.Builder... descriptors) {
    return limits.ask(request("edge", descriptors).setHitsAddend(hits)).getOverallCode();
  }

  private static Acquire waiting(String name, int permits) {
    return Acquire.newBuilder()
        .addParts(AcquirePart.newBuilder().setSemaphore(name).setPermits(permits))
        .setWaitForever(true)
        .build();
  }

  private static RateLimitOverride override(int requests, RateLimitUnit unit) {
    return RateLimitOverride.newBuilder().setRequestsPerUnit(requests).setUnit(unit).build();
  }

  private static Map<String, String> headers(RateLimitResponse response) {
    return response.getResponseHeadersToAddList().stream()
        .collect(Collectors.toMap(HeaderValue::getKey, HeaderValue::getValue));
  }

  private static void assertInvalid(String field, RateLimitRequest.Builder request) {
    WireError error = WireError.of(() -> limits.ask(request));
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.field()).isEqualTo(field);
  }
}
