package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

/** What is configured and impossible, and what the user is told. */
class SetupTest {
  private final ApplicationContextRunner runner = Contexts.with(new FakeLimiter("bean"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ledger.fail-mode=open | ledger.limits: must have one limit at least
          ledger.limits[0].semaphore=a/b | ledger.limits[0].concurrency: must be given, or else the property rate
          ledger.limits[0].concurrency=0 | ledger.limits[0].concurrency: must be 1 to 2147483647, not 0
          ledger.limits[0].concurrency=1 ledger.limits[0].rate=1 | ledger.limits[0].rate: must not be given beside concurrency
          ledger.limits[0].rate=1 | ledger.limits[0].period: must be given with rate
          ledger.limits[0].rate=-1 ledger.limits[0].period=1s | ledger.limits[0].rate: must be 1 to 2147483647, not -1
          ledger.limits[0].rate=1 ledger.limits[0].period=2d | ledger.limits[0].period: must be 1 ms to 1 day, not PT48H
          ledger.limits[0].concurrency=1 ledger.limits[0].burst=2 | ledger.limits[0].burst: makes sense with rate alone
          ledger.limits[0].concurrency=1 ledger.limits[0].period=1s | ledger.limits[0].period: makes sense with rate alone
          ledger.limits[0].concurrency=1 ledger.limits[0].taking=0 | ledger.limits[0].taking: must be 1 to 2147483647, not 0
          ledger.limits[0].concurrency=1 ledger.limits[0].idle-ttl=1ms | ledger.limits[0].idle-ttl: must be 1 s to 365 days, not PT0.001S
          ledger.limits[0].concurrency=1 ledger.limits[1].concurrency=1 | ledger.limits[0].semaphore: must be given, as the limiter has several limits
          ledger.limits[0].concurrency=1 ledger.fail-mode=local | ledger.local-share: goes with fail-mode local, and only with it
          ledger.limits[0].concurrency=1 ledger.local-share=0.5 | ledger.local-share: goes with fail-mode local, and only with it
          ledger.limits[0].concurrency=1 ledger.fail-mode=local ledger.local-share=2 | ledger.local-share: must be above 0 and at most 1, not 2.0
          ledger.limits[0].concurrency=1 ledger.answer-within=2m | ledger.answer-within: must be 1 ms to 1 min, not PT2M
          ledger.limits[0].concurrency=1 ledger.retry-after=0s | ledger.retry-after: must be 1 ms to 1 day, not PT0S
          ledger.limits[0].concurrency=1 ledger.max-wait=-1s | ledger.max-wait: must be 0 to 365 days, not PT-1S
          [a/b].limits[0].concurrency=0 | [a/b].limits[0].concurrency: must be 1 to 2147483647, not 0
          """)
  void limiterThatIsImpossible_isNamedWithItsProperty(String properties, String complaint) {
    runner
        .withPropertyValues(
            Stream.of(properties.split(" "))
                .map(p -> "signalbox.limiters." + p)
                .toArray(String[]::new))
        .run(context ->
            assertThat(Contexts.analysis(context.getStartupFailure()).getDescription())
                .isEqualTo("signalbox.limiters." + complaint));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          targets=nowhere | signalbox.targets: must be host:port, not nowhere
          targets= | signalbox.targets: must be given
          lease=1ms | signalbox.lease: must be 1 s to 10 min
          end-after-break=1h | signalbox.end-after-break: must be 0 to the lease
          patience=-1s | signalbox.patience: must be 0 to 1 day
          """)
  void clientThatIsImpossible_isNamedWithItsProperty(String property, String complaint) {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SignalboxAutoConfiguration.class))
        .withPropertyValues("signalbox." + property)
        .run(context ->
            assertThat(Contexts.analysis(context.getStartupFailure()).getDescription())
                .isEqualTo(complaint));
  }

  @Test
  void unknownProperty_stopsTheStart() {
    runner
        .withPropertyValues("signalbox.limters.ledger.max-wait=1s")
        .run(context ->
            assertThat(context.getStartupFailure())
                .hasStackTraceContaining("signalbox.limters.ledger.max-wait"));
  }

  @Test
  void environmentVariablesOfTheSamePrefix_areNoProperties() {
    runner
        .withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(
                    new MapPropertySource("systemEnvironment", Map.of("SIGNALBOX_PORT", "7600"))))
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void beansThatAreLimiters_areFoundByName() {
    runner.run(context -> {
      Limiters limiters = context.getBean(Limiters.class);
      assertThat(limiters.names()).containsExactly("bean");
      assertThat(limiters.get("bean")).isInstanceOf(FakeLimiter.class);
      assertThat(limiters.find("other")).isEmpty();
    });
  }

  @Test
  void twoLimitersOfOneName_stopTheStart() {
    runner
        .withBean("second", FakeLimiter.class, () -> new FakeLimiter("bean"))
        .run(context ->
            assertThat(Contexts.analysis(context.getStartupFailure()).getDescription())
                .isEqualTo("there are two limiters 'bean'"));
  }
}
