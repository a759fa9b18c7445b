package dev.signalbox.grpc;

import dev.signalbox.client.limit.Limiter;
import io.grpc.MethodDescriptor;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** For some methods, which limiter their calls have. Immutable. */
record LimiterRule(
    Predicate<? super MethodDescriptor<?, ?>> methods,
    Function<? super LimitedCall, Optional<Limiter>> choice) {
  static LimiterRule of(Predicate<? super MethodDescriptor<?, ?>> methods, Limiter limiter) {
    Optional<Limiter> fixed = Optional.of(limiter);
    return new LimiterRule(Objects.requireNonNull(methods), call -> fixed);
  }

  static LimiterRule of(Function<? super LimitedCall, Optional<Limiter>> choice) {
    return new LimiterRule(method -> true, Objects.requireNonNull(choice));
  }

  boolean concerns(MethodDescriptor<?, ?> method) {
    return methods.test(method);
  }

  Optional<Limiter> limiterFor(LimitedCall call) {
    return concerns(call.method()) ? choice.apply(call) : Optional.empty();
  }
}
