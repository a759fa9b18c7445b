package dev.signalbox.spring;

import dev.signalbox.client.limit.Limit;
import dev.signalbox.spring.SignalboxProperties.LimitSettings;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a limit of its properties. */
final class ConfiguredLimit {
  private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);
  private static final Duration LONGEST_PERIOD = Duration.ofDays(1);
  private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);
  private static final Duration LONGEST_TTL = Duration.ofDays(365);

  private final Checks checks;
  private final LimitSettings settings;
  private final @Nullable String nameUnlessSaid;

  /**
   * A limit to be made.
   *
   * @param nameUnlessSaid its semaphore's name where the properties give none
   */
  ConfiguredLimit(Checks checks, LimitSettings settings, @Nullable String nameUnlessSaid) {
    this.checks = checks;
    this.settings = settings;
    this.nameUnlessSaid = nameUnlessSaid;
  }

  Limit make() {
    check();
    Limit limit = bare(semaphore());
    if (settings.burst() != null) {
      limit = limit.burst(settings.burst());
    }
    if (settings.idleTtl() != null) {
      limit = limit.idleTtl(settings.idleTtl());
    }
    return limit.taking(settings.taking());
  }

  private String semaphore() {
    String name = settings.semaphore() == null ? nameUnlessSaid : settings.semaphore();
    if (name == null) {
      throw checks.wrong("semaphore", "must be given, as the limiter has several limits");
    }
    return name;
  }

  private Limit bare(String semaphore) {
    return settings.concurrency() == null
        ? Limit.rate(
            semaphore,
            Objects.requireNonNull(settings.rate()),
            Objects.requireNonNull(settings.period()))
        : Limit.concurrency(semaphore, settings.concurrency());
  }

  private void check() {
    boolean held = settings.concurrency() != null;
    boolean rated = settings.rate() != null;
    checks.require(held || rated, "concurrency", "must be given, or else the property rate");
    checks.require(!(held && rated), "rate", "must not be given beside concurrency");
    checks.require(!rated || settings.period() != null, "period", "must be given with rate");
    checks.require(rated || settings.period() == null, "period", "makes sense with rate alone");
    checks.require(rated || settings.burst() == null, "burst", "makes sense with rate alone");
    checks.positive("concurrency", settings.concurrency());
    checks.positive("rate", settings.rate());
    checks.positive("burst", settings.burst());
    checks.positive("taking", settings.taking());
    checks.within("period", settings.period(), SHORTEST_PERIOD, LONGEST_PERIOD, "1 ms to 1 day");
    checks.within("idle-ttl", settings.idleTtl(), SHORTEST_TTL, LONGEST_TTL, "1 s to 365 days");
  }
}
