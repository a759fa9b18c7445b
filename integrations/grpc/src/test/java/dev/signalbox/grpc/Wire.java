package dev.signalbox.grpc;

import io.grpc.BindableService;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A {@link TestService} and a channel to it. */
final class Wire implements AutoCloseable {
  /** What lies between them. */
  enum Transport {
    IN_PROCESS,
    NETTY
  }

  final TestService service = new TestService();
  final Server server;
  final ManagedChannel channel;

  private Wire(
      Transport transport,
      List<ServerInterceptor> serverSide,
      UnaryOperator<ManagedChannelBuilder<?>> clientSide)
      throws IOException {
    String name = UUID.randomUUID().toString();
    ServerBuilder<?> builder =
        transport == Transport.NETTY
            ? NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            : InProcessServerBuilder.forName(name);
    BindableService bindable = service::definition;
    serverSide.forEach(builder::intercept);
    server = builder.addService(bindable).build().start();
    ManagedChannelBuilder<?> channels =
        transport == Transport.NETTY
            ? Grpc.newChannelBuilderForAddress(
                "127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
            : InProcessChannelBuilder.forName(name);
    channel = clientSide.apply(channels).build();
  }

  static Wire limitedClient(Transport transport, CallLimits limits) throws IOException {
    return limitedClient(transport, limits.clientInterceptor());
  }

  /** Of several interceptors the last is the first to see a call. */
  static Wire limitedClient(Transport transport, ClientInterceptor... interceptors)
      throws IOException {
    return new Wire(transport, List.of(), builder -> builder.intercept(interceptors));
  }

  static Wire limitedServer(Transport transport, CallLimits limits) throws IOException {
    return limitedServer(transport, limits.serverInterceptor());
  }

  /** Of several interceptors the last is the first to see a call. */
  static Wire limitedServer(Transport transport, ServerInterceptor... interceptors)
      throws IOException {
    return new Wire(transport, List.of(interceptors), builder -> builder);
  }

  /** With a client that tries again as often as gRPC's own retries allow. */
  static Wire retryingClient(Transport transport, CallLimits limits) throws IOException {
    Map<String, ?> policy =
        Map.of(
            "maxAttempts",
            5.0,
            "initialBackoff",
            "1000s",
            "maxBackoff",
            "1000s",
            "backoffMultiplier",
            1.0,
            "retryableStatusCodes",
            List.of("RESOURCE_EXHAUSTED"));
    Map<String, ?> methods =
        Map.of("name", List.of(Map.of("service", TestService.NAME)), "retryPolicy", policy);
    Map<String, ?> config = Map.of("methodConfig", List.of(methods));
    return new Wire(
        transport,
        List.of(limits.serverInterceptor()),
        builder -> builder.defaultServiceConfig(config).enableRetry());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    try {
      if (!channel.awaitTermination(20, TimeUnit.SECONDS)
          || !server.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new AssertionError("a call has not ended");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
