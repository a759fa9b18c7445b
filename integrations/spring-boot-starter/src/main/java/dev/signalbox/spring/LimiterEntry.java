package dev.signalbox.spring;

import dev.signalbox.client.limit.Limiter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A limiter and what is known about it.
 *
 * @param maxWait how long a call may wait unless it says otherwise
 * @param keys what each call must give values for; empty where nobody knows
 */
record LimiterEntry(Limiter limiter, Duration maxWait, Optional<Set<String>> keys) {
  /** One that was not made of properties. */
  static LimiterEntry of(Limiter limiter) {
    return new LimiterEntry(limiter, Duration.ZERO, Optional.empty());
  }

  LimiterEntry map(UnaryOperator<Limiter> change) {
    return new LimiterEntry(change.apply(limiter), maxWait, keys);
  }

  /** What is wrong with a caller that has values for these keys, if anything is. */
  Optional<String> complaintAbout(Set<String> given) {
    return keys.filter(needed -> !needed.equals(given))
        .map(needed ->
            "the keys of limiter '"
                + limiter.name()
                + "' are "
                + needed
                + ", but values are given for "
                + given);
  }
}
