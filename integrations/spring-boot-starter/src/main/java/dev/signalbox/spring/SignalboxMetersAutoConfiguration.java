package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Meters, where the application has a registry for them. */
@AutoConfiguration(
    after = SignalboxAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure"
          + ".CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Limiters.class, SignalboxClient.class, MeterRegistry.class})
public class SignalboxMetersAutoConfiguration {
  @Bean
  SignalboxMeters signalboxMeters(SignalboxClient client, Limiters limiters) {
    return new SignalboxMeters(client, limiters);
  }

  @Bean
  LimiterDecorator signalboxLimiterTimer(MeterRegistry registry) {
    return limiter -> new TimedLimiter(limiter, registry);
  }
}
