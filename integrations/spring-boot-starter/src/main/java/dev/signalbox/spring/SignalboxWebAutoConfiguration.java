package dev.signalbox.spring;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The filter, and the answer to requests whose handler was refused; for servlets. */
@AutoConfiguration(after = SignalboxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(OncePerRequestFilter.class)
@ConditionalOnBean({Limiters.class, SignalboxProperties.class})
public class SignalboxWebAutoConfiguration {
  @Bean
  FilterRegistrationBean<LimitFilter> signalboxLimitFilter(
      SignalboxProperties properties, Limiters limiters) {
    List<WebRule> rules = new ConfiguredRules(limiters).make(properties.web().rules());
    FilterRegistrationBean<LimitFilter> registration =
        new FilterRegistrationBean<>(new LimitFilter(rules));
    registration.setName("signalboxLimitFilter");
    registration.setOrder(properties.web().order());
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    registration.setAsyncSupported(true);
    registration.setEnabled(!rules.isEmpty());
    return registration;
  }

  /** Where Spring MVC handles requests. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HandlerExceptionResolver.class)
  static class Mvc {
    @Bean
    LimitExceededResolver signalboxLimitExceededResolver() {
      return new LimitExceededResolver();
    }
  }
}
