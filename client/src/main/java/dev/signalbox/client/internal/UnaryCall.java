package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.CloseSessionRequest;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.ListSessionsResponse;
import dev.signalbox.v1.RenewRequest;
import dev.signalbox.v1.RenewResponse;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A call beside the session stream. It changes nothing, or nothing more when it is made again, and
 * so may be repeated; but see {@link OnceCall}.
 */
public class UnaryCall<Q, R, T> extends Call<T> {
  private final MethodDescriptor<Q, R> method;
  private final Q question;
  private final Function<R, T> reading;

  UnaryCall(SessionLink link, MethodDescriptor<Q, R> method, Q question, Function<R, T> reading) {
    super(link);
    this.method = method;
    this.question = question;
    this.reading = reading;
  }

  /** How one semaphore is now, or was for all that a node knows, with so many holders. */
  public static <T> Call<T> semaphore(
      SessionLink link, String name, int listed, boolean stale, Function<Semaphore, T> reading) {
    GetSemaphoreRequest question =
        GetSemaphoreRequest.newBuilder()
            .setName(name)
            .setMaxHolders(listed)
            .setStale(stale)
            .build();
    return new UnaryCall<>(link, SemaphoreServiceGrpc.getGetSemaphoreMethod(), question, reading);
  }

  /** One page of semaphores. */
  public static <T> Call<T> page(
      SessionLink link, String prefix, String token, Function<ListSemaphoresResponse, T> reading) {
    ListSemaphoresRequest question =
        ListSemaphoresRequest.newBuilder()
            .setPrefix(prefix)
            .setPageSize(1000)
            .setPageToken(token)
            .build();
    return new UnaryCall<>(link, SemaphoreServiceGrpc.getListSemaphoresMethod(), question, reading);
  }

  /** One page of sessions. */
  public static <T> Call<T> sessions(
      SessionLink link, String token, Function<ListSessionsResponse, T> reading) {
    ListSessionsRequest question =
        ListSessionsRequest.newBuilder().setPageSize(1000).setPageToken(token).build();
    return new UnaryCall<>(link, SemaphoreServiceGrpc.getListSessionsMethod(), question, reading);
  }

  /** Ends the session of this number, if there is one. */
  public static Call<Done> endSession(SessionLink link, long number) {
    CloseSessionRequest question =
        CloseSessionRequest.newBuilder().setSessionNumber(number).build();
    return new UnaryCall<>(
        link, SemaphoreServiceGrpc.getCloseSessionMethod(), question, Function.identity());
  }

  /** Renews the lease of the session that holds a grant. */
  public static <T> Call<T> renewal(
      SessionLink link, ByteString grantId, Function<RenewResponse, T> reading) {
    RenewRequest question = RenewRequest.newBuilder().setGrantId(grantId).build();
    return new UnaryCall<>(link, SemaphoreServiceGrpc.getRenewMethod(), question, reading);
  }

  @Override
  Lanes.Kind lane() {
    return Lanes.Kind.PROMPT;
  }

  /** Whether to make it again where it is not known what became of it. */
  boolean mayRepeat() {
    return true;
  }

  /** How long the answer may take. */
  Optional<Duration> within(Duration patience) {
    return Optional.of(patience);
  }

  /** Its caller no longer wants the answer. Network thread. */
  void hangUp() {}

  /** The call is on its way. Network thread. */
  void placed(ClientCall<Q, R> call) {}

  /**
   * Asks; the answer is taken down and {@code onAnswer} run, or {@code onFailure}. Network thread.
   */
  void ask(Channel channel, CallOptions options, Runnable onAnswer, Consumer<Throwable> onFailure) {
    ClientCall<Q, R> call = channel.newCall(method, options);
    placed(call);
    ClientCalls.asyncUnaryCall(
        call,
        question,
        new StreamObserver<R>() {
          @Override
          public void onNext(R response) {
            answer(reading.apply(response));
          }

          @Override
          public void onError(Throwable failure) {
            onFailure.accept(failure);
          }

          @Override
          public void onCompleted() {
            onAnswer.run();
          }
        });
  }
}
