package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.signalbox.server.RateLimitServer;
import dev.signalbox.server.WireError;
import dev.signalbox.server.transport.envoy.RateLimitDescriptor;
import dev.signalbox.server.transport.envoy.RateLimitRequest;
import dev.signalbox.server.transport.envoy.RateLimitServiceGrpc;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What newer proxies can send and the published stubs cannot. */
class NegativeHitsTest {
  private static final String RULES =
      """
      domain: d
      descriptors:
        - {key: k, rate_limit: {unit: minute, requests_per_unit: 5}}
      """;

  @TempDir private Path directory;

  @Test
  void hitsThatAreToBeGivenBack_areRefused_ratherThanTaken() {
    try (RateLimitServer limits =
        RateLimitServer.start(
            RateLimitServer.inMemory(),
            directory.resolve("limits.yaml"),
            RULES,
            System::nanoTime)) {
      WireError error = WireError.of(() -> giveBack(limits));
      assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
      assertThat(error.field()).isEqualTo("descriptors[0].is_negative_hits");
    }
  }

  private static void giveBack(RateLimitServer limits) {
    RateLimitServiceGrpc.newBlockingStub(limits.server.channel())
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .shouldRateLimit(
            RateLimitRequest.newBuilder()
                .setDomain("d")
                .addDescriptors(
                    RateLimitDescriptor.newBuilder()
                        .addEntries(
                            RateLimitDescriptor.Entry.newBuilder().setKey("k").setValue("v"))
                        .setIsNegativeHits(true))
                .build());
  }
}
