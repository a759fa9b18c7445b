package dev.signalbox.grpc;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.signalbox.client.limit.Refusal;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How calls end that are not let in, or lose what they were let in by. */
final class Refusals {
  /** What grpc-java's own retries wait for, instead of their own back-off. */
  static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private static final String DOMAIN = "signalbox.dev";
  private static final String LOST = "PERMIT_LOST";

  private Refusals() {}

  /** By the limiter. */
  static StatusRuntimeException refused(Refusal refusal) {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(code(refusal.cause()).value())
            .setMessage(message(refusal))
            .addDetails(Any.pack(info(refusal.cause().name(), refusal.limiter())))
            .addDetails(Any.pack(retry(refusal.retryAfter())))
            .build();
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, Long.toString(millis(refusal.retryAfter())));
    return StatusProto.toStatusRuntimeException(status, trailers);
  }

  private static Status.Code code(Refusal.Cause cause) {
    return switch (cause) {
      case LIMIT, LOCAL_LIMIT -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
    };
  }

  private static String message(Refusal refusal) {
    String limiter = "limiter '" + refusal.limiter() + "': ";
    return switch (refusal.cause()) {
      case LIMIT -> limiter + "its limits are reached";
      case LOCAL_LIMIT ->
          limiter + "the service is out of reach, and this process's share is used up";
      case UNAVAILABLE -> limiter + "the service that decides is out of reach";
    };
  }

  /** Rounded up: a caller that comes too early is refused again. */
  private static long millis(Duration retryAfter) {
    return retryAfter.plusNanos(999_999).toMillis();
  }

  private static RetryInfo retry(Duration after) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(after.getSeconds())
                .setNanos(after.getNano()))
        .build();
  }

  private static ErrorInfo info(String reason, String limiter) {
    return ErrorInfo.newBuilder()
        .setDomain(DOMAIN)
        .setReason(reason)
        .putMetadata("limiter", limiter)
        .build();
  }

  /** Nothing was decided: the gate stays shut. */
  static StatusRuntimeException failed(String limiter, @Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return Status.INTERNAL
        .withDescription("limiter '" + limiter + "' could not decide: " + cause)
        .withCause(cause)
        .asRuntimeException();
  }

  /** The call ended before there was a decision. */
  static StatusRuntimeException waitEnded(String limiter, Status why) {
    return why.augmentDescription("while the call waited for limiter '" + limiter + "'")
        .asRuntimeException();
  }

  /** What goes with the status. */
  static Metadata trailers(StatusRuntimeException why) {
    Metadata trailers = why.getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  /** Which limiter the call has could not be found out. */
  static StatusRuntimeException unchosen(RuntimeException failure) {
    return Status.INTERNAL
        .withDescription("no limiter could be chosen: " + failure)
        .withCause(failure)
        .asRuntimeException();
  }

  /** The call was let in, and its permits were lost before its end, or its beginning. */
  static StatusRuntimeException lost(String limiter) {
    com.google.rpc.Status status =
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.ABORTED.value())
            .setMessage(lostMessage(limiter))
            .addDetails(Any.pack(info(LOST, limiter)))
            .build();
    return StatusProto.toStatusRuntimeException(status);
  }

  static String lostMessage(String limiter) {
    return "limiter '" + limiter + "': the permits of the call were lost";
  }
}
