package dev.signalbox.server;

import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.SemaphoreServiceGrpc.SemaphoreServiceBlockingStub;
import dev.signalbox.v1.Session;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A server on any free port of the loopback interface, and a channel to it. */
public final class TestServer implements AutoCloseable {
  private final SignalboxServer server;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final ManagedChannel channel;

  private TestServer(ServerOptions options, LongSupplier nanoTime) {
    try {
      this.server = SignalboxServer.start(options, nanoTime);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.channel = newChannel();
  }

  public static TestServer start() {
    return start(ServerOptions.embedded());
  }

  public static TestServer start(ServerOptions options) {
    return start(options, System::nanoTime);
  }

  /** A server for which time passes as the clock says. */
  public static TestServer start(ServerOptions options, LongSupplier nanoTime) {
    return new TestServer(options, nanoTime);
  }

  public SignalboxServer server() {
    return server;
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** One more connection. */
  public ManagedChannel newChannel() {
    ManagedChannel made =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port())
            .usePlaintext()
            .maxInboundMessageSize(16 * 1_048_576)
            .build();
    channels.add(made);
    return made;
  }

  public SemaphoreServiceBlockingStub unary() {
    return SemaphoreServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  public Semaphore semaphore(String name) {
    return unary()
        .getSemaphore(GetSemaphoreRequest.newBuilder().setName(name).setMaxHolders(1_000).build());
  }

  public List<Session> sessions() {
    return unary()
        .listSessions(ListSessionsRequest.newBuilder().setPageSize(1_000).build())
        .getSessionsList();
  }

  /** The services that reflection lists. */
  public List<String> services() {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> ask =
        ServerReflectionGrpc.newStub(channel)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse value) {
                    answer.complete(value);
                  }

                  @Override
                  public void onError(Throwable t) {
                    answer.completeExceptionally(t);
                  }

                  @Override
                  public void onCompleted() {}
                });
    ask.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    return answer
        .orTimeout(20, TimeUnit.SECONDS)
        .join()
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .toList();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.close();
  }
}
