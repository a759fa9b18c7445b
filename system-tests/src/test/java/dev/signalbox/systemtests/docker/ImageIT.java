package dev.signalbox.systemtests.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The image itself: how it runs, how it is watched, how it stops. */
@RequiresDocker
class ImageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ServerContainer server = new ServerContainer();

  @BeforeEach
  void start() {
    server.start(); // waits for the health check
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void image_onAReadOnlyFileSystem_runsHealthyAsNobodySpecial() throws Exception {
    assertThat(server.isHealthy()).isTrue();
    assertThat(server.getContainerInfo().getHostConfig().getReadonlyRootfs()).isTrue();
    assertThat(server.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
    try (SignalboxClient client = SignalboxClient.builder().target(server.target()).build()) {
      assertThat(client.semaphores().list("")).isEmpty();
    }
  }

  @Test
  void image_onSigterm_tellsItsClientsAndStopsCleanly() {
    ManagedChannel channel =
        ManagedChannelBuilder.forTarget(server.target()).usePlaintext().build();
    try {
      Queue<ServerFrame> frames = openSession(channel);
      await().atMost(PATIENCE).until(() -> frames.stream().anyMatch(ServerFrame::hasOpened));

      assertThat(server.terminate()).isIn(0L, 143L);

      await().atMost(PATIENCE).until(() -> frames.stream().anyMatch(ServerFrame::hasGoingAway));
    } finally {
      channel.shutdownNow();
    }
  }

  private static Queue<ServerFrame> openSession(ManagedChannel channel) {
    Queue<ServerFrame> frames = new ConcurrentLinkedQueue<>();
    SessionServiceGrpc.newStub(channel)
        .withWaitForReady()
        .connect(new FrameCollector(frames))
        .onNext(
            ClientFrame.newBuilder()
                .setFrame(1)
                .setOpen(Open.newBuilder().setClientName("raw"))
                .build());
    return frames;
  }

  private record FrameCollector(Queue<ServerFrame> frames) implements StreamObserver<ServerFrame> {
    @Override
    public void onNext(ServerFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {}
  }
}
