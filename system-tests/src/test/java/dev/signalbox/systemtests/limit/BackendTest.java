package dev.signalbox.systemtests.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What judges the limits sees that they are broken. */
class BackendTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CALLERS = 64;

  private final Backend backend = new Backend();
  private final ManagedChannel channel =
      Grpc.newChannelBuilder(backend.target(), InsecureChannelCredentials.create()).build();

  @AfterEach
  void stop() {
    channel.shutdownNow();
    backend.close();
  }

  @Test
  void callersWithoutLimits_areSeenToBreakThem() {
    Load load = new Load(channel, "unlimited");
    load.start(CALLERS);
    await().atMost(PATIENCE).until(() -> backend.arrivals().mostInASecond() > 230);
    load.stop();
    assertThat(backend.mostAtOnce()).isGreaterThan(10);
    assertThat(backend.arrivals().excesses(220)).isPositive();
    assertThat(backend.callsOf("unlimited")).isEqualTo(backend.arrivals().count());
    assertThat(load.counts().answered()).isEqualTo(backend.arrivals().count());
    assertThat(backend.atOnce()).isZero();
  }

  @Test
  void callWhoseCallerGoes_isUnderWayNoMore() {
    var calls =
        ClientCalls.futureUnaryCall(
            channel.newCall(Backend.WORK, CallOptions.DEFAULT), StringValue.of("gone"));
    await().atMost(PATIENCE).until(() -> backend.mostAtOnce() == 1);
    channel.shutdownNow();
    await().atMost(PATIENCE).until(() -> backend.atOnce() == 0);
    assertThat(calls).satisfies(call -> await().atMost(PATIENCE).until(call::isDone));
  }
}
