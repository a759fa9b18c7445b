package dev.signalbox.client.limit;

import dev.signalbox.client.Refill;
import dev.signalbox.client.SemaphoreSpec;
import java.time.Duration;
import java.util.List;

/** The limits of one limiter, checked and ready for use. Immutable. */
final class LimitSet {
  private final List<Limit> limits;
  private final List<NameTemplate> templates;
  private final List<SemaphoreSpec> specs;
  private final String[] fixed;

  private LimitSet(List<Limit> limits, List<NameTemplate> templates) {
    this.limits = limits;
    this.templates = templates;
    specs = limits.stream().map(Limit::spec).toList();
    boolean isFixed = templates.stream().allMatch(NameTemplate::isFixed);
    fixed = isFixed ? resolve(LimitKeys.none()) : new String[0];
  }

  /**
   * Of these limits.
   *
   * @throws IllegalArgumentException if one is out of range, or they do not go together
   */
  static LimitSet of(List<Limit> limits) {
    List<NameTemplate> templates =
        limits.stream().map(limit -> NameTemplate.parse(limit.name())).toList();
    Checks.limits(limits, templates);
    return new LimitSet(List.copyOf(limits), templates);
  }

  int size() {
    return limits.size();
  }

  Limit get(int i) {
    return limits.get(i);
  }

  /** Whether its name is the same for all calls. */
  boolean isFixed(int i) {
    return templates.get(i).isFixed();
  }

  SemaphoreSpec spec(int i) {
    return specs.get(i);
  }

  /**
   * The names of the semaphores for these values, in the order of the limits. Not to be changed.
   *
   * @throws IllegalArgumentException if a value is missing
   */
  String[] names(LimitKeys keys) {
    return fixed.length > 0 ? fixed : resolve(keys);
  }

  private String[] resolve(LimitKeys keys) {
    String[] names = new String[templates.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = templates.get(i).resolve(keys);
    }
    return names;
  }

  /**
   * When to try again what these limits refused. Which of them it was is not known: so the longest
   * time in which one on rate has enough for one call again, and beside a limit on concurrency not
   * less than {@code otherwise}.
   *
   * @param share of the rate that there is
   */
  Duration retryAfter(double share, Duration otherwise) {
    boolean rateAlone = limits.stream().allMatch(Limit::isRate);
    Duration longest = rateAlone ? Duration.ofMillis(1) : otherwise;
    for (Limit limit : limits) {
      Duration refilled = limit.refill().map(r -> refilled(limit, r, share)).orElse(Duration.ZERO);
      longest = refilled.compareTo(longest) > 0 ? refilled : longest;
    }
    return longest;
  }

  private static Duration refilled(Limit limit, Refill refill, double share) {
    double periods = limit.permits() / (refill.permits() * share);
    return Duration.ofNanos((long) Math.min(Long.MAX_VALUE, refill.period().toNanos() * periods));
  }
}
