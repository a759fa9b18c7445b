package dev.signalbox.server.transport;

import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The port for clients: the services of the contract, health and reflection, over gRPC. */
public final class ClientPort implements AutoCloseable {
  private static final int MAX_CALLS_PER_CONNECTION = 10_000;
  private static final int MAX_METADATA_BYTES = 16_384;
  private static final int FLOW_CONTROL_WINDOW = 1_048_576;

  private final HealthStatusManager health = new HealthStatusManager();
  private final InetSocketAddress address;
  private final int maxFrameBytes;
  private final Backend backend;
  private final List<BindableService> more;

  /** Null until it listens: making it takes a while, in which the log can be read. */
  private volatile @Nullable Server server;

  /**
   * A port that does not listen yet.
   *
   * @param maxFrameBytes the largest message that a client may send
   * @param more services beside those of the contract, which the leader alone serves
   */
  public ClientPort(
      InetSocketAddress address, int maxFrameBytes, Backend backend, List<BindableService> more) {
    this.address = address;
    this.maxFrameBytes = maxFrameBytes;
    this.backend = backend;
    this.more = List.copyOf(more);
    member(false);
    leads(false);
  }

  /** Listens. */
  public void start() throws IOException {
    server = build().start();
  }

  private Server build() {
    InboundMessages messages = new InboundMessages(maxFrameBytes);
    NettyServerBuilder builder = NettyServerBuilder.forAddress(address);
    more.forEach(service -> builder.addService(messages.check(service.bindService())));
    return builder
        // Handlers never block: they run where the bytes arrive.
        .directExecutor()
        .maxInboundMessageSize(InboundMessages.HARD_FACTOR * maxFrameBytes)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        .flowControlWindow(FLOW_CONTROL_WINDOW)
        .permitKeepAliveTime(5, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(10, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .addService(messages.check(new SessionStreams(backend).bindService()))
        .addService(messages.check(new UnaryService(backend).bindService()))
        .addService(messages.check(new ClusterCalls(backend.cluster()).bindService()))
        .addService(health.getHealthService())
        .addService(ProtoReflectionServiceV1.newInstance())
        .addService(oldReflection())
        .build();
  }

  /** Where it listens; -1 if it does not. */
  public int port() {
    Server listening = server;
    return listening == null ? -1 : listening.getPort();
  }

  /** Says to whoever asks whether this node is one of those that keep the log. */
  public void member(boolean is) {
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status(is));
  }

  /** Says to whoever asks whether this is the node to work with. */
  public void leads(boolean does) {
    health.setStatus(SessionServiceGrpc.SERVICE_NAME, status(does));
    health.setStatus(SemaphoreServiceGrpc.SERVICE_NAME, status(does));
    more.forEach(service -> health.setStatus(nameOf(service), status(does)));
  }

  /** Says to whoever asks that this node does not answer any more, whatever comes. */
  public void notServing() {
    health.enterTerminalState();
  }

  /** Takes no new connections and calls. */
  public void stopAccepting() {
    Server listening = server;
    if (listening != null) {
      listening.shutdown();
    }
  }

  /** Ends what is still there. */
  @Override
  public void close() {
    Server listening = server;
    if (listening != null) {
      end(listening);
    }
  }

  private static void end(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static String nameOf(BindableService service) {
    return service.bindService().getServiceDescriptor().getName();
  }

  private static ServingStatus status(boolean serving) {
    return serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  /** Many command lines still ask for the older protocol. */
  @SuppressWarnings("deprecation")
  private static BindableService oldReflection() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }
}
