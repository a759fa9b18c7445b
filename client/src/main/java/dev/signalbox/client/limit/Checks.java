package dev.signalbox.client.limit;

import dev.signalbox.client.Refill;
import java.time.Duration;
import java.util.List;

/** Holds what a limiter is made of to its ranges. */
final class Checks {
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final int MOST_LIMITS = 64;

  private Checks() {}

  static void require(boolean condition, String limit, String field, String why) {
    if (!condition) {
      throw new IllegalArgumentException("limit '" + limit + "': " + field + ": " + why);
    }
  }

  static void within(String field, Duration value, Duration least, Duration most, String range) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(field + ": must be " + range + ", not " + value);
    }
  }

  /** The time to wait, in nanoseconds. */
  static long wait(Duration wait) {
    within("wait", wait, Duration.ZERO, Limiter.LONGEST_WAIT, "0 to 365 days");
    return wait.toNanos();
  }

  static void name(String name) {
    if (name.isEmpty() || name.length() > 100) {
      throw new IllegalArgumentException(
          "name: must have 1 to 100 characters, not " + name.length());
    }
  }

  static void answerWithin(Duration value) {
    within("answerWithin", value, MILLI, Duration.ofMinutes(1), "1 ms to 1 min");
  }

  static void retryAfter(Duration value) {
    within("retryAfter", value, MILLI, DAY, "1 ms to 1 day");
  }

  /** Those of one limiter, each by itself and beside the others. */
  static void limits(List<Limit> limits, List<NameTemplate> names) {
    if (limits.isEmpty() || limits.size() > MOST_LIMITS) {
      throw new IllegalArgumentException("limit: must be 1 to 64 of them, not " + limits.size());
    }
    limits.forEach(Checks::limit);
    for (int i = 0; i < names.size(); i++) {
      beside(limits.get(i), names.get(i), names.get(0), limits.get(0));
      for (int j = 0; j < i; j++) {
        require(
            !names.get(i).mayMeet(names.get(j)),
            limits.get(i).name(),
            "name",
            "can be the same as that of limit '" + limits.get(j).name() + "'");
      }
    }
  }

  private static void beside(Limit limit, NameTemplate name, NameTemplate first, Limit of) {
    require(
        name.namespace().equals(first.namespace()),
        limit.name(),
        "name",
        "is in another namespace than limit '" + of.name() + "'");
  }

  private static void limit(Limit limit) {
    String name = limit.name();
    require(limit.max() >= 1, name, "max", "must be at least 1, not " + limit.max());
    require(
        limit.permits() >= 1 && limit.permits() <= limit.max(),
        name,
        "permits",
        "must be 1 to max (" + limit.max() + "), not " + limit.permits());
    limit.refill().ifPresent(refill -> rate(name, refill));
    limit
        .idleTtl()
        .ifPresent(ttl -> of(name, "idleTtl", ttl, Duration.ofSeconds(1), YEAR, "1 s to 365 days"));
  }

  private static void rate(String name, Refill refill) {
    require(refill.permits() >= 1, name, "calls", "must be at least 1, not " + refill.permits());
    of(name, "period", refill.period(), MILLI, DAY, "1 ms to 1 day");
  }

  private static void of(
      String limit, String field, Duration value, Duration least, Duration most, String range) {
    within("limit '" + limit + "': " + field, value, least, most, range);
  }
}
