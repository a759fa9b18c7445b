package dev.signalbox.grpc;

import dev.signalbox.client.limit.Limiter;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Puts a {@link ServerGate} before the handler of each call that has a limiter. */
final class LimitingServerInterceptor implements ServerInterceptor {
  private final CallLimits limits;

  LimitingServerInterceptor(CallLimits limits) {
    this.limits = limits;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!limits.concern(call.getMethodDescriptor())) {
      return next.startCall(call, headers);
    }
    LimitedCall limited = describe(call, headers);
    Optional<Limiter> limiter;
    try {
      limiter = limits.limiterFor(limited);
    } catch (StatusRuntimeException e) {
      return refuse(call, e);
    }
    return limiter.isPresent()
        ? new ServerGate<>(limits, call, headers, next).ask(limiter.get(), limited)
        : next.startCall(call, headers);
  }

  private static LimitedCall describe(ServerCall<?, ?> call, Metadata headers) {
    return new LimitedCall(
        call.getMethodDescriptor(),
        headers,
        Optional.ofNullable(call.getAuthority()),
        call.getAttributes());
  }

  private static <Q> ServerCall.Listener<Q> refuse(
      ServerCall<Q, ?> call, StatusRuntimeException why) {
    call.close(why.getStatus(), Refusals.trailers(why));
    return new ServerCall.Listener<>() {};
  }
}
