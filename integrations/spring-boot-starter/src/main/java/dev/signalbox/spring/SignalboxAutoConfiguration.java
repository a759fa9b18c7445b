package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import dev.signalbox.client.limit.Limiter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * The client, the limiters and what limits methods.
 *
 * <p>The client is closed as all beans are: after the web server has drained.
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = "signalbox", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(SignalboxProperties.class)
public class SignalboxAutoConfiguration {
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  SignalboxClient signalboxClient(
      SignalboxProperties properties,
      Environment environment,
      ObjectProvider<SignalboxClientBuilderCustomizer> customizers) {
    SignalboxClientBuilder builder = new ConfiguredClient(properties, environment).builder();
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return ConfiguredClient.build(builder);
  }

  @Bean
  @ConditionalOnMissingBean
  Limiters signalboxLimiters(
      SignalboxProperties properties,
      SignalboxClient client,
      ObjectProvider<Limiter> beans,
      ObjectProvider<LimiterDecorator> decorators) {
    List<LimiterEntry> entries = new ArrayList<>();
    properties
        .limiters()
        .forEach(
            (name, settings) -> entries.add(new ConfiguredLimiter(name, settings).make(client)));
    beans.orderedStream().map(LimiterEntry::of).forEach(entries::add);
    List<LimiterDecorator> around = decorators.orderedStream().toList();
    return new Limiters(entries.stream().map(entry -> decorate(entry, around)).toList());
  }

  private static LimiterEntry decorate(LimiterEntry entry, List<LimiterDecorator> decorators) {
    LimiterEntry decorated = entry;
    for (LimiterDecorator decorator : decorators) {
      decorated = decorated.map(decorator::decorate);
    }
    return decorated;
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static LimitedPostProcessor signalboxLimitedPostProcessor(Environment environment) {
    return new LimitedPostProcessor(
        environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
  }
}
