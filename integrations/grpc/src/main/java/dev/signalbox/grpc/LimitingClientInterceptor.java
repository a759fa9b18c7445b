package dev.signalbox.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/** Puts a {@link ClientGate} before each call that may have a limiter. */
final class LimitingClientInterceptor implements ClientInterceptor {
  private final CallLimits limits;

  LimitingClientInterceptor(CallLimits limits) {
    this.limits = limits;
  }

  /** The call behind is made at once, so that interceptors behind see the caller's own thread. */
  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    ClientCall<Q, R> call = next.newCall(method, options);
    return limits.concern(method)
        ? new ClientGate<>(limits, method, options, next.authority(), call)
        : call;
  }
}
