package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.FailMode;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterBuilder;
import dev.signalbox.spring.SignalboxProperties.LimiterSettings;
import dev.signalbox.spring.SignalboxProperties.WhenUnreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a limiter of its properties. */
final class ConfiguredLimiter {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern KEY = Pattern.compile("\\{([^{}]+)}");
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final String name;
  private final LimiterSettings settings;
  private final Checks checks;

  ConfiguredLimiter(String name, LimiterSettings settings) {
    this.name = name;
    this.settings = settings;
    this.checks = new Checks("signalbox.limiters." + asProperty(name));
  }

  /** How the name stands in a property's: in brackets where it must. */
  static String asProperty(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : "[" + name + "]";
  }

  LimiterEntry make(SignalboxClient client) {
    check();
    List<Limit> limits = limits();
    LimiterBuilder builder =
        Limiter.builder(client, name)
            .failMode(failMode())
            .answerWithin(settings.answerWithin())
            .retryAfter(settings.retryAfter())
            .shadow(settings.shadow());
    limits.forEach(builder::limit);
    try {
      return new LimiterEntry(builder.build(), settings.maxWait(), Optional.of(keys(limits)));
    } catch (IllegalArgumentException e) {
      throw BadSetupException.property(checks.path(), String.valueOf(e.getMessage()));
    }
  }

  private List<Limit> limits() {
    String nameUnlessSaid = settings.limits().size() == 1 ? name : null;
    List<Limit> limits = new ArrayList<>();
    for (int i = 0; i < settings.limits().size(); i++) {
      Checks below = checks.below("limits[" + i + "]");
      limits.add(new ConfiguredLimit(below, settings.limits().get(i), nameUnlessSaid).make());
    }
    return limits;
  }

  /** What stands in braces in the limits' names. */
  private static Set<String> keys(List<Limit> limits) {
    Set<String> keys = new TreeSet<>();
    for (Limit limit : limits) {
      Matcher braces = KEY.matcher(limit.name());
      while (braces.find()) {
        keys.add(braces.group(1));
      }
    }
    return keys;
  }

  private FailMode failMode() {
    return switch (settings.failMode()) {
      case CLOSED -> FailMode.closed();
      case OPEN -> FailMode.open();
      case LOCAL -> FailMode.local(settings.localShare() == null ? 0 : settings.localShare());
    };
  }

  private void check() {
    checks.require(!settings.limits().isEmpty(), "limits", "must have one limit at least");
    checkShare();
    checks.within(
        "answer-within",
        settings.answerWithin(),
        MILLISECOND,
        Duration.ofMinutes(1),
        "1 ms to 1 min");
    checks.within("retry-after", settings.retryAfter(), MILLISECOND, DAY, "1 ms to 1 day");
    checks.within(
        "max-wait", settings.maxWait(), Duration.ZERO, Limiter.LONGEST_WAIT, "0 to 365 days");
  }

  private void checkShare() {
    boolean local = settings.failMode() == WhenUnreachable.LOCAL;
    Double share = settings.localShare();
    checks.require(
        local == (share != null), "local-share", "goes with fail-mode local, and only with it");
    checks.require(
        share == null || (share > 0 && share <= 1),
        "local-share",
        "must be above 0 and at most 1, not " + share);
  }
}
