package dev.signalbox.grpc;

import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Makes {@link CallLimits}. Not thread-safe.
 *
 * <p>Functions given to it are called on the thread that starts the call, in the call's {@link
 * io.grpc.Context}, and must not block. One that throws, or returns null, ends the call with {@code
 * INTERNAL}.
 */
public final class CallLimitsBuilder {
  private final List<LimiterRule> rules = new ArrayList<>();
  private Function<LimitedCall, LimitKeys> keys = call -> LimitKeys.none();
  private Duration wait = Duration.ZERO;
  private boolean cancelWhenLost;
  private Executor executor = SharedThreads.EXECUTOR;

  CallLimitsBuilder() {}

  /**
   * The limiter of every call for which none was named before. Of several rules the first, in the
   * order given, that has a limiter for a call decides. A call without one is not touched.
   */
  public CallLimitsBuilder limiter(Limiter limiter) {
    return limiter(method -> true, limiter);
  }

  /** The limiter of the calls of some methods; see {@link Methods}. */
  public CallLimitsBuilder limiter(
      Predicate<? super MethodDescriptor<?, ?>> methods, Limiter limiter) {
    rules.add(LimiterRule.of(methods, limiter));
    return this;
  }

  /** The limiter by a function of the call, which may have none for it. */
  public CallLimitsBuilder choose(Function<? super LimitedCall, Optional<Limiter>> choice) {
    rules.add(LimiterRule.of(choice));
    return this;
  }

  /**
   * The value of a name in braces of the limits, from the call; see {@link Keys}.
   *
   * @param name without its braces
   */
  public CallLimitsBuilder key(String name, Function<? super LimitedCall, String> value) {
    Objects.requireNonNull(name);
    Objects.requireNonNull(value);
    Function<LimitedCall, LimitKeys> before = keys;
    keys = call -> before.apply(call).and(name, value.apply(call));
    return this;
  }

  /** Several of them at once; they are added to those named before. */
  public CallLimitsBuilder keys(Function<? super LimitedCall, LimitKeys> values) {
    Objects.requireNonNull(values);
    Function<LimitedCall, LimitKeys> before = keys;
    keys = call -> join(before.apply(call), values.apply(call));
    return this;
  }

  private static LimitKeys join(LimitKeys some, LimitKeys more) {
    LimitKeys all = some;
    for (Map.Entry<String, String> value : more.values().entrySet()) {
      all = all.and(value.getKey(), value.getValue());
    }
    return all;
  }

  /**
   * How long a call may wait for its permits: 0 to 365 days, 0 unless said. It never waits beyond
   * its own deadline, nor that of the context it is made or handled in.
   */
  public CallLimitsBuilder waitAtMost(Duration wait) {
    if (wait.isNegative() || wait.compareTo(Limiter.LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException("waitAtMost: must be 0 to 365 days, not " + wait);
    }
    this.wait = wait;
    return this;
  }

  /**
   * Whether a call whose permits are lost while it runs (L4) is ended at once, before somebody else
   * can be let in: a client's call is cancelled, a server's ends with {@code ABORTED} and its
   * handler hears that it was cancelled. Not done unless said: the call then goes on, and for as
   * long as it does there may be one more than the limit.
   */
  public CallLimitsBuilder cancelWhenLost(boolean cancel) {
    cancelWhenLost = cancel;
    return this;
  }

  /**
   * Where calls go on when they have waited: on a server their handlers are begun there, on a
   * client they are sent, and their listeners told of a refusal, if the call names no executor of
   * its own. Unless said, threads that are made as needed, as gRPC's own are.
   */
  public CallLimitsBuilder executor(Executor executor) {
    this.executor = Objects.requireNonNull(executor);
    return this;
  }

  /**
   * The limits.
   *
   * @throws IllegalArgumentException if no limiter is given
   */
  public CallLimits build() {
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("limiter: at least one must be given");
    }
    return new CallLimits(List.copyOf(rules), keys, wait, cancelWhenLost, executor);
  }
}
