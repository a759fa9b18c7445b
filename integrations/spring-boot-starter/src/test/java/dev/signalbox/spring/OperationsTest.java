package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.SessionListener;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Health and meters. */
class OperationsTest {
  private final FakeClient fake = new FakeClient();
  private final FakeLimiter ledger = new FakeLimiter("ledger");
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SignalboxAutoConfiguration.class,
                  SignalboxHealthAutoConfiguration.class,
                  SignalboxMetersAutoConfiguration.class))
          .withBean(SignalboxClient.class, fake::client)
          .withBean(Limiter.class, () -> ledger);

  @ParameterizedTest
  @CsvSource({"CONNECTING, DOWN", "CONNECTED, UP", "DISCONNECTED, DOWN", "CLOSED, DOWN"})
  void health_isUpWhileTheClientIsConnected(ClientState state, String status) {
    fake.state = state;
    runner.run(context -> {
      Health health = context.getBean(SignalboxHealthIndicator.class).health();
      assertThat(health.getStatus()).isEqualTo(new Status(status));
      assertThat(health.getDetails()).containsEntry("state", state);
    });
  }

  @Test
  void health_knowsSinceWhen() {
    Instant[] now = {Instant.EPOCH};
    SignalboxHealthIndicator indicator = new SignalboxHealthIndicator(fake.client(), clock(now));
    List<Consumer<SessionListener>> news =
        List.of(
            SessionListener::sessionOpened,
            SessionListener::disconnected,
            SessionListener::sessionResumed,
            SessionListener::sessionLost,
            SessionListener::closed);
    for (Consumer<SessionListener> piece : news) {
      now[0] = now[0].plusSeconds(1);
      fake.listeners.forEach(piece);
      assertThat(indicator.health().getDetails()).containsEntry("since", now[0]);
    }
  }

  private static Clock clock(Instant[] now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now[0];
      }
    };
  }

  @Test
  void health_canBeSwitchedOff() {
    runner
        .withPropertyValues("management.health.signalbox.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(SignalboxHealthIndicator.class));
    runner
        .withClassLoader(new FilteredClassLoader(HealthIndicator.class, MeterRegistry.class))
        .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Limiters.class));
  }

  @Test
  void meters_tellWhatTheLimitersCount() {
    runner
        .withBean(SimpleMeterRegistry.class)
        .run(context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          context.getBean(SignalboxMeters.class).bindTo(registry);
          assertThat(decisions(registry, "refused")).isEqualTo(3);
          assertThat(decisions(registry, "passed.open")).isEqualTo(4);
          assertThat(decisions(registry, "passed.local")).isEqualTo(5);
          assertThat(decisions(registry, "refused.local")).isEqualTo(6);
          assertThat(decisions(registry, "refused.unavailable")).isEqualTo(7);
          assertThat(decisions(registry, "shadow.granted")).isEqualTo(8);
          assertThat(decisions(registry, "shadow.refused")).isEqualTo(9);
          assertThat(decisions(registry, "shadow.undecided")).isEqualTo(10);
          assertThat(registry.get("signalbox.limiter.waiting").gauge().value()).isEqualTo(1);
        });
  }

  private static double decisions(MeterRegistry registry, String outcome) {
    return registry
        .get("signalbox.limiter.decisions")
        .tags("limiter", "ledger", "outcome", outcome)
        .functionCounter()
        .count();
  }

  @Test
  void meters_followTheCallsAndTheClient() {
    runner
        .withBean(SimpleMeterRegistry.class)
        .run(context -> {
          MeterRegistry registry = context.getBean(MeterRegistry.class);
          context.getBean(SignalboxMeters.class).bindTo(registry);
          Limiter limiter = context.getBean(Limiters.class).get("ledger");
          try (var admission = limiter.enter(LimitKeys.none(), Duration.ZERO)) {
            assertThat(gauge(registry, "signalbox.limiter.in.flight")).isEqualTo(1);
            assertThat(admission.isAdmitted()).isTrue();
          }
          assertThat(gauge(registry, "signalbox.limiter.in.flight")).isZero();
          ledger.refuse(Refusal.Cause.LIMIT, Duration.ofSeconds(1));
          limiter.decide(LimitKeys.none());
          limiter.decideAsync(LimitKeys.none(), Duration.ZERO).join();
          assertThat(decisions(registry, "granted")).isEqualTo(3);
          assertThat(timed(registry, "admitted")).isEqualTo(1);
          assertThat(timed(registry, "refused")).isEqualTo(2);

          assertThat(gauge(registry, "signalbox.client.connected")).isZero();
          fake.state = ClientState.CONNECTED;
          assertThat(gauge(registry, "signalbox.client.connected")).isEqualTo(1);
        });
  }

  private static double gauge(MeterRegistry registry, String name) {
    return registry.get(name).gauge().value();
  }

  private static long timed(MeterRegistry registry, String decision) {
    var timer = registry.get("signalbox.limiter.wait").tag("decision", decision).timer();
    assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    return timer.count();
  }
}
