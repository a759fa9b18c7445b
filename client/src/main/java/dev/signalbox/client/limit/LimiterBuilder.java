package dev.signalbox.client.limit;

import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Makes a {@link Limiter}. Not thread-safe. */
public final class LimiterBuilder {
  private final SignalboxClient client;
  private final String name;
  private final List<Limit> limits = new ArrayList<>();
  private FailMode failMode = FailMode.closed();
  private Duration answerWithin = Duration.ofSeconds(1);
  private Duration retryAfter = Duration.ofSeconds(1);
  private LongSupplier clock = System::nanoTime;
  private boolean shadow;

  LimiterBuilder(SignalboxClient client, String name) {
    this.client = Objects.requireNonNull(client);
    this.name = Objects.requireNonNull(name);
  }

  /** Adds a limit: 1 to 64 of them, all in one namespace (O3). */
  public LimiterBuilder limit(Limit limit) {
    limits.add(Objects.requireNonNull(limit));
    return this;
  }

  /** What to do while the service cannot be reached; {@link FailMode#closed} unless said. */
  public LimiterBuilder failMode(FailMode mode) {
    failMode = Objects.requireNonNull(mode);
    return this;
  }

  /**
   * How long the service may take to answer, beyond the time that a call is ready to wait, before
   * it counts as out of reach: 1 ms to 1 min, 1 s unless said.
   */
  public LimiterBuilder answerWithin(Duration patience) {
    answerWithin = Objects.requireNonNull(patience);
    return this;
  }

  /**
   * What a refusal says when nothing better is known: 1 ms to 1 day, 1 s unless said. See {@link
   * Refusal#retryAfter}.
   */
  public LimiterBuilder retryAfter(Duration hint) {
    retryAfter = Objects.requireNonNull(hint);
    return this;
  }

  /**
   * Lets every call pass, at once, and only counts what would have happened: to try limits out
   * before they hurt. Asks the service beside the call.
   */
  public LimiterBuilder shadow(boolean shadow) {
    this.shadow = shadow;
    return this;
  }

  /** For tests: another clock. */
  LimiterBuilder clock(LongSupplier nanos) {
    clock = nanos;
    return this;
  }

  /**
   * The limiter. Asks the service for nothing yet.
   *
   * @throws IllegalArgumentException if a setting is out of range, no limit is given, two limits
   *     can come to the same name, or they are of several namespaces
   */
  public Limiter build() {
    Checks.name(name);
    Checks.answerWithin(answerWithin);
    Checks.retryAfter(retryAfter);
    LimitSet set = LimitSet.of(limits);
    Asker asker = new Asker(client, set, answerWithin.toNanos(), clock);
    Tally tally = new Tally();
    return shadow ? new ShadowLimiter(name, asker, tally) : limiter(set, asker, tally);
  }

  private Limiter limiter(LimitSet set, Asker asker, Tally tally) {
    Fallback fallback = Fallback.of(name, failMode, set, retryAfter, tally, clock);
    FailureLog log = new FailureLog(name, fallback.words(), answerWithin.toNanos(), clock);
    Refusal refusal = new Refusal(name, Refusal.Cause.LIMIT, set.retryAfter(1, retryAfter));
    return new ServiceLimiter(name, asker, fallback, log, refusal, tally);
  }
}
