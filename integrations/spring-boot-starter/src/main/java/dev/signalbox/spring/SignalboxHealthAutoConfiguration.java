package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClient;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Health, where the application reports any; switched by management.health.signalbox.enabled. */
@AutoConfiguration(
    after = SignalboxAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.health.autoconfigure.contributor"
            + ".HealthContributorAutoConfiguration")
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(SignalboxClient.class)
@ConditionalOnEnabledHealthIndicator("signalbox")
public class SignalboxHealthAutoConfiguration {
  @Bean
  SignalboxHealthIndicator signalboxHealthIndicator(SignalboxClient client) {
    return new SignalboxHealthIndicator(client, Clock.systemUTC());
  }
}
