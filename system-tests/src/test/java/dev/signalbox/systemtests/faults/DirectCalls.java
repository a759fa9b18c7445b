package dev.signalbox.systemtests.faults;

import com.google.protobuf.ByteString;
import dev.signalbox.server.Wire;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.CreateSemaphoreRequest;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.RenewRequest;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Calls to one node, which nothing sends on to another one. A future fails with {@link
 * StatusRuntimeException}. Thread-safe.
 */
final class DirectCalls implements AutoCloseable {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ManagedChannel channel;

  DirectCalls(String target) {
    channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
  }

  /** Whether the node answers as only a leader does. */
  boolean leads() {
    Status.Code code = ask();
    return code == Status.Code.OK || code == Status.Code.NOT_FOUND;
  }

  /** Whether the node says anything, be it that it does not lead. */
  boolean answers() {
    return leads() || isListening();
  }

  /** The count of a semaphore, read through this node. */
  CompletableFuture<Integer> count(String name) {
    return get(name, LONG).thenApply(Semaphore::getCount);
  }

  /** The semaphore, read through this node. */
  Semaphore semaphore(String name) {
    return get(name, LONG).join();
  }

  /** Opens a session that lives by {@link #renew}. */
  CompletableFuture<ByteString> openSession(String client, Duration lease) {
    Open open =
        Open.newBuilder().setClientName(client).setLease(Wire.millis(lease.toMillis())).build();
    return call(SemaphoreServiceGrpc.getOpenSessionMethod(), open, LONG)
        .thenApply(opened -> opened.getSessionId());
  }

  /** A heartbeat: completed if this node confirms it. */
  CompletableFuture<?> renew(ByteString session) {
    return call(
        SemaphoreServiceGrpc.getRenewMethod(),
        RenewRequest.newBuilder().setSessionId(session).build(),
        LONG);
  }

  /**
   * Opens a session on a stream.
   *
   * @param renewed is told the number of each frame that this node confirms
   * @return where to send frames; the first, which opens, is sent
   */
  StreamObserver<ClientFrame> stream(Duration lease, LongConsumer renewed) {
    StreamObserver<ClientFrame> frames =
        SessionServiceGrpc.newStub(channel)
            .connect(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerFrame frame) {
                    renewed.accept(frame.getRenewedThrough());
                  }

                  @Override
                  public void onError(Throwable failure) {}

                  @Override
                  public void onCompleted() {}
                });
    Open open =
        Open.newBuilder().setClientName("stream").setLease(Wire.millis(lease.toMillis())).build();
    frames.onNext(ClientFrame.newBuilder().setFrame(1).setOpen(open).build());
    return frames;
  }

  /** Acquires a permit if there is one, for as long as the shortest lease. */
  CompletableFuture<AcquireResult> tryAcquire(String name) {
    return call(
        SemaphoreServiceGrpc.getAcquireMethod(),
        AcquireRequest.newBuilder()
            .setAcquire(Wire.one(name))
            .setLease(Wire.millis(1_000))
            .setClientName("direct")
            .build(),
        LONG);
  }

  /** Adds one to the count of a semaphore. */
  CompletableFuture<?> signal(String name) {
    return call(
        SemaphoreServiceGrpc.getReleaseMethod(),
        ReleaseRequest.newBuilder().setRelease(Wire.signal(name, 1)).build(),
        SHORT);
  }

  /** Creates a semaphore with a count of so much. */
  void create(String name, int count, int max) {
    CreateSemaphore semaphore =
        CreateSemaphore.newBuilder().setName(name).setInitialCount(count).setMaxCount(max).build();
    call(
            SemaphoreServiceGrpc.getCreateSemaphoreMethod(),
            CreateSemaphoreRequest.newBuilder().setSemaphore(semaphore).build(),
            LONG)
        .join();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private Status.Code ask() {
    channel.resetConnectBackoff();
    try {
      get("faults/nobody", SHORT).join();
      return Status.Code.OK;
    } catch (CompletionException e) {
      return Status.fromThrowable(e).getCode();
    }
  }

  private boolean isListening() {
    return channel.getState(false) == ConnectivityState.READY;
  }

  private CompletableFuture<Semaphore> get(String name, Duration deadline) {
    return call(
        SemaphoreServiceGrpc.getGetSemaphoreMethod(),
        GetSemaphoreRequest.newBuilder().setName(name).build(),
        deadline);
  }

  private <Q, R> CompletableFuture<R> call(
      MethodDescriptor<Q, R> method, Q request, Duration deadline) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
    ClientCalls.asyncUnaryCall(channel.newCall(method, options), request, into(answer));
    return answer;
  }

  private static <R> StreamObserver<R> into(CompletableFuture<R> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(R value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
