package dev.signalbox.server.transport;

import static dev.signalbox.server.RateLimitServer.descriptor;
import static dev.signalbox.server.RateLimitServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.signalbox.server.WireError;
import dev.signalbox.server.ratelimit.LimitsFile;
import dev.signalbox.server.ratelimit.RateLimits;
import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Member;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proxy sees of a log that is full, or led by somebody else. */
class RateLimitFailuresTest extends OnManualLog {
  private static final String RULES =
      """
      domain: d
      descriptors:
        - {key: k, rate_limit: {unit: minute, requests_per_unit: 5}}
      """;

  @TempDir private Path directory;

  @Override
  List<BindableService> more(Backend backend) throws IOException {
    Path file = Files.writeString(directory.resolve("limits.yaml"), RULES);
    RateLimits limits = new RateLimits(LimitsFile.read(file), sequencer);
    return List.of(new RateLimitCalls(backend, limits));
  }

  @Test
  void follower_isUnavailable_andSaysWhoLeads() {
    log.leader(new Member("n2", "10.0.0.2:7601", "sb.example.org:7600"));
    WireError error = refusal(ask());

    assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(error.metadata())
        .isEqualTo(Map.of("leader", "sb.example.org:7600", "leader_id", "n2"));
  }

  @Test
  void deposedLeader_isUnavailable() {
    lead();
    Future<RateLimitResponse> asked = ask();
    Batch batch = log.take();
    log.follow();
    batch.dropped(Failure.UNKNOWN);

    assertThat(refusal(asked).code()).isEqualTo(Code.UNAVAILABLE);
  }

  @Test
  void fullQueue_refusesWhatIsNew() throws Exception {
    lead();
    Future<RateLimitResponse> first = ask();
    Batch batch = log.take();
    List<Future<RateLimitResponse>> queued = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      queued.add(ask());
    }
    await().until(sequencer::isFull);

    WireError error = refusal(ask());
    assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(error.metadata()).containsEntry("quota", "queued_commands");
    log.apply(batch);
    assertThat(first.get(20, TimeUnit.SECONDS).getStatuses(0).getLimitRemaining()).isEqualTo(4);
    log.apply(log.take());
    for (Future<RateLimitResponse> answer : queued) {
      assertThat(answer.get(20, TimeUnit.SECONDS).getStatuses(0).hasCurrentLimit()).isTrue();
    }
  }

  @Test
  void health_saysWhetherItLeads() {
    assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
    port.leads(true);
    assertThat(health()).isEqualTo(ServingStatus.SERVING);
    port.leads(false);
    assertThat(health()).isEqualTo(ServingStatus.NOT_SERVING);
  }

  private void lead() {
    log.lead();
    log.apply(log.take());
  }

  private Future<RateLimitResponse> ask() {
    return RateLimitServiceGrpc.newFutureStub(channel)
        .shouldRateLimit(request("d", descriptor("k", "v")).build());
  }

  private ServingStatus health() {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(
            HealthCheckRequest.newBuilder()
                .setService("envoy.service.ratelimit.v3.RateLimitService")
                .build())
        .getStatus();
  }
}
