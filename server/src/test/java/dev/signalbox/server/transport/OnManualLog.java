package dev.signalbox.server.transport;

import dev.signalbox.server.WireError;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.replication.ManualLog;
import dev.signalbox.server.replication.Sequencer;
import dev.signalbox.server.session.Sessions;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client port over a log that does what the test says, and a queue of ten commands. */
abstract class OnManualLog {
  final ManualLog log = new ManualLog();
  final Sessions sessions = new Sessions(System::nanoTime, () -> 0, verdict -> {});
  final Sequencer sequencer =
      new Sequencer(log, sessions, List.of(), 10, System::nanoTime, new AfterReading());
  ClientPort port;
  ManagedChannel channel;

  @BeforeEach
  final void start() throws IOException {
    Backend backend = new Backend(sequencer, sessions, log.cluster(), Limits.DEFAULT);
    port =
        new ClientPort(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            1_048_576,
            backend,
            more(backend));
    sequencer.start(() -> {});
    sequencer.awaitStart();
    port.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port.port()).usePlaintext().build();
  }

  @AfterEach
  final void stop() {
    channel.shutdownNow();
    port.close();
    sequencer.close();
  }

  /** Services beside those that are always there. */
  List<BindableService> more(Backend backend) throws IOException {
    return List.of();
  }

  static WireError refusal(Future<?> call) {
    return WireError.of(() -> {
      try {
        call.get(20, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    });
  }
}
