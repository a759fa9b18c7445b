package dev.signalbox.grpc;

import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import io.grpc.ClientInterceptor;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which gRPC calls are limited, by which {@link Limiter}, and for how long they may wait. Immutable
 * and thread-safe. The same limits can stand on either side:
 *
 * <pre>{@code
 * CallLimits limits = CallLimits.builder()
 *     .limiter(Methods.named("ledger.v1.Ledger/Book"), bookings)
 *     .limiter(everythingElse)
 *     .key("tenant", Keys.header("x-tenant", "nobody"))
 *     .waitAtMost(Duration.ofSeconds(2))
 *     .build();
 *
 * channelBuilder.intercept(limits.clientInterceptor());   // calls wait before they are sent
 * serverBuilder.intercept(limits.serverInterceptor());    // calls wait before they are handled
 * }</pre>
 *
 * <p>No thread waits with a call. One that is let in holds its permits until it has ended, however
 * it ended; a streaming call until the whole of it has. One that is refused ends with {@code
 * RESOURCE_EXHAUSTED}, or with {@code UNAVAILABLE} if the service that decides is out of reach, and
 * carries a {@code google.rpc.RetryInfo} and a {@code google.rpc.ErrorInfo} of the domain {@code
 * signalbox.dev} whose reason is the {@link dev.signalbox.client.limit.Refusal.Cause}. A decision
 * that fails ends the call with {@code INTERNAL}: no error opens the gate.
 */
public final class CallLimits {
  private final List<LimiterRule> rules;
  private final Function<LimitedCall, LimitKeys> keys;
  private final Duration wait;
  private final boolean cancelWhenLost;
  private final Executor executor;

  CallLimits(
      List<LimiterRule> rules,
      Function<LimitedCall, LimitKeys> keys,
      Duration wait,
      boolean cancelWhenLost,
      Executor executor) {
    this.rules = rules;
    this.keys = keys;
    this.wait = wait;
    this.cancelWhenLost = cancelWhenLost;
    this.executor = executor;
  }

  /** Starts the making of limits. */
  public static CallLimitsBuilder builder() {
    return new CallLimitsBuilder();
  }

  /**
   * For the calls of a client: none is sent before it is let in. What the caller does with it
   * meanwhile is kept, and done in the same order then.
   */
  public ClientInterceptor clientInterceptor() {
    return new LimitingClientInterceptor(this);
  }

  /** For the calls to a server: the handler hears of none before it is let in. */
  public ServerInterceptor serverInterceptor() {
    return new LimitingServerInterceptor(this);
  }

  /** Whether a call of this method may have a limiter. */
  boolean concern(MethodDescriptor<?, ?> method) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).concerns(method)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The limiter of the first rule that has one for this call.
   *
   * @throws StatusRuntimeException if a rule failed, so that the call must not go on
   */
  Optional<Limiter> limiterFor(LimitedCall call) {
    try {
      return rules.stream()
          .map(rule -> rule.limiterFor(call))
          .flatMap(Optional::stream)
          .findFirst();
    } catch (RuntimeException e) {
      throw Refusals.unchosen(e);
    }
  }

  /** Asks the limiter about a call, which may wait until its deadline at most. */
  Question ask(Limiter limiter, LimitedCall call, @Nullable Deadline deadline) {
    return Question.ask(limiter, () -> keys.apply(call), waitUntil(deadline));
  }

  private Duration waitUntil(@Nullable Deadline deadline) {
    if (deadline == null) {
      return wait;
    }
    Duration left = Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
    return left.compareTo(wait) < 0 ? left : wait;
  }

  boolean cancelWhenLost() {
    return cancelWhenLost;
  }

  Executor executor() {
    return executor;
  }
}
