package dev.signalbox.client;

import static org.awaitility.Awaitility.await;

import dev.signalbox.client.fixtures.FaultyNetwork;
import dev.signalbox.client.fixtures.TestedService;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server, a network to it, and clients that are closed in the end. */
abstract class WithServer {
  /** Says much about connections that break, which they do here. */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.SEVERE);
  }

  private final Deque<SignalboxClient> clients = new ArrayDeque<>();
  private TestedService server;
  private FaultyNetwork network;

  @BeforeEach
  final void startServer() throws Exception {
    server = TestedService.start();
    network = FaultyNetwork.to(server.port());
  }

  @AfterEach
  final void stopServer() {
    network.restore();
    clients.forEach(SignalboxClient::close);
    network.close();
    server.close();
  }

  final TestedService server() {
    return server;
  }

  final FaultyNetwork network() {
    return network;
  }

  /** A client that is directly connected. */
  final SignalboxClient client() {
    return started(builder().target("127.0.0.1:" + server.port()));
  }

  /** A client whose connection goes over {@link #network}. */
  final SignalboxClient remoteClient(Duration lease) {
    return started(builder().target(network.target()).lease(lease));
  }

  final SignalboxClientBuilder builder() {
    return SignalboxClient.builder();
  }

  final SignalboxClient started(SignalboxClientBuilder builder) {
    SignalboxClient client = builder.build();
    clients.push(client);
    return client;
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
  }
}
