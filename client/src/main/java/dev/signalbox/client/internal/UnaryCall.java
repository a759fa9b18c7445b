package dev.signalbox.client.internal;

import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Function;

/** A question beside the session stream. It changes nothing, so it may be asked again. */
public final class UnaryCall<Q, R, T> extends Call<T> {
  private final MethodDescriptor<Q, R> method;
  private final Q question;
  private final Function<R, T> reading;

  private UnaryCall(
      SessionLink link, MethodDescriptor<Q, R> method, Q question, Function<R, T> reading) {
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

  @Override
  Lanes.Kind lane() {
    return Lanes.Kind.PROMPT;
  }

  /** Asks; the answer is taken down and {@code onAnswer} run, or {@code onFailure}. Any thread. */
  void ask(Channel channel, CallOptions options, Runnable onAnswer, Consumer<Throwable> onFailure) {
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, options),
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
