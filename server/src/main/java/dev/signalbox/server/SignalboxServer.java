package dev.signalbox.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A running server. */
public final class SignalboxServer implements AutoCloseable {
  private final Server server;

  private SignalboxServer(Server server) {
    this.server = server;
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @throws IOException if it cannot listen where the options say
   */
  public static SignalboxServer start(ServerOptions options) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(options.listen(), options.clientPort()))
            .directExecutor()
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
    return new SignalboxServer(server);
  }

  /** The port that clients connect to. */
  public int port() {
    return server.getPort();
  }

  /** Stops cleanly and waits until it has stopped. */
  @Override
  public void close() {
    server.shutdownNow();
  }
}
