package dev.signalbox.client.limit;

import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Decides about calls to something that many services share. One decision is one atomic request
 * over all of its {@linkplain Limit limits} (A4, Q2): permits of a limit on concurrency are held
 * until the call ends, those of a limit on rate are used up (Q1). Thread-safe; nothing to close. It
 * lives as long as its client: to be made once and kept.
 *
 * <pre>{@code
 * Limiter limiter = Limiter.builder(client, "ledger")
 *     .limit(Limit.concurrency("payments/ledger-db", 8))
 *     .limit(Limit.rate("payments/partner", 100, Duration.ofSeconds(1)))
 *     .limit(Limit.concurrency("payments/tenant/{tenant}", 2))
 *     .failMode(FailMode.open())
 *     .build();
 *
 * try (Admission admission = limiter.enter(LimitKeys.of("tenant", tenant), Duration.ofSeconds(2))) {
 *   callTheLedger();
 * }
 * }</pre>
 *
 * <p>What happens while the service cannot be reached is the limiter's {@link FailMode}. It counts
 * as unreachable for a decision that had no answer within {@link LimiterBuilder#answerWithin} after
 * its time to wait. Once it has been out of reach for that long, or half of the client's lease has
 * passed without a word, the limiter does not ask any more, but decides at once, until the service
 * is heard again.
 *
 * <p>What is no outage and no limit is a {@link dev.signalbox.client.SignalboxException} in every
 * mode: a name of another kind (O4), a call that takes more than there can be (A1), a quota (Q3), a
 * closed client.
 */
public interface Limiter {
  /** The longest that a call may wait for its permits. */
  Duration LONGEST_WAIT = Duration.ofDays(365);

  /**
   * Starts the making of a limiter.
   *
   * @param client asks the service; stays the caller's to close
   * @param name what meters and logs call the limiter: 1 to 100 characters
   */
  static LimiterBuilder builder(SignalboxClient client, String name) {
    return new LimiterBuilder(client, name);
  }

  /** What meters and logs call it. */
  String name();

  /** As {@link #decide(LimitKeys, Duration)}, without waiting: what the limits say now. */
  Decision decide(LimitKeys keys) throws InterruptedException;

  /**
   * Lets the call in, or refuses it.
   *
   * @param keys values for the names in braces; each that a limit names must be there
   * @param wait how long the call may wait for its permits: 0 to 365 days. Give what is left of the
   *     caller's own deadline where there is one.
   * @throws IllegalArgumentException if a key is missing or the wait is out of range
   */
  Decision decide(LimitKeys keys, Duration wait) throws InterruptedException;

  /**
   * See {@link #decide(LimitKeys, Duration)}; what that throws, the future fails with. It is
   * completed on the client's executor; where no answer came in time on the JDK's common pool; at
   * once if the service is not asked. Cancelling it, or completing it in another way, withdraws the
   * request: what was granted all the same goes back (A7).
   */
  CompletableFuture<Decision> decideAsync(LimitKeys keys, Duration wait);

  /**
   * As {@link #decide(LimitKeys, Duration)}, for those who want nothing but to get in.
   *
   * @throws LimitExceededException if the call is refused
   */
  default Admission enter(LimitKeys keys, Duration wait) throws InterruptedException {
    return decide(keys, wait).orThrow();
  }

  /** Whether it is a shadow: every call passes, and what would have happened is only counted. */
  boolean isShadow();

  /** What it has decided so far. */
  LimiterMetrics metrics();
}
