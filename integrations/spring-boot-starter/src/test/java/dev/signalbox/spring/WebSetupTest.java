package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.servlet.HandlerExceptionResolver;

class WebSetupTest {
  private final WebApplicationContextRunner runner =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  SignalboxAutoConfiguration.class, SignalboxWebAutoConfiguration.class))
          .withBean(SignalboxClient.class, () -> new FakeClient().client())
          .withPropertyValues(
              "signalbox.limiters.ledger.limits[0].semaphore=payments/{tenant}",
              "signalbox.limiters.ledger.limits[0].concurrency=2");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          paths=/** | limiter: must be given
          limiter=legder | limiter: there is no limiter 'legder', but [ledger]
          limiter=ledger | keys: the keys of limiter 'ledger' are [tenant], but values are given for []
          limiter=ledger keys.tenant=cookie:x | keys.tenant: must be header:NAME, query:NAME, path:NAME, principal or remote-address, not cookie:x
          limiter=ledger keys.tenant=header: | keys.tenant: must name what it is, not header:
          limiter=ledger keys.tenant=principal max-wait=-1s | max-wait: must be 0 to 365 days, not PT-1S
          limiter=ledger keys.tenant=principal paths= | paths: must not be empty
          """)
  void ruleThatIsImpossible_isNamedWithItsProperty(String properties, String complaint) {
    runner
        .withPropertyValues(
            Stream.of(properties.split(" "))
                .map(property -> "signalbox.web.rules[0]." + property)
                .toArray(String[]::new))
        .run(context ->
            assertThat(Contexts.analysis(context.getStartupFailure()).getDescription())
                .isEqualTo("signalbox.web.rules[0]." + complaint));
  }

  @Test
  void patternThatIsNone_isShown() {
    runner
        .withPropertyValues(
            "signalbox.web.rules[0].limiter=ledger",
            "signalbox.web.rules[0].keys.tenant=principal",
            "signalbox.web.rules[0].paths[0]=/{broken")
        .run(context ->
            assertThat(Contexts.analysis(context.getStartupFailure()).getDescription())
                .startsWith("signalbox.web.rules[0].paths[0]: ")
                .contains("/{broken"));
  }

  @Test
  void withoutRules_thereIsNoFilter() {
    runner.run(
        context -> assertThat(context.getBean(FilterRegistrationBean.class).isEnabled()).isFalse());
  }

  @Test
  void withoutSpringMvc_thereIsNoResolver() {
    runner
        .withClassLoader(new FilteredClassLoader(HandlerExceptionResolver.class))
        .run(context ->
            assertThat(context).hasNotFailed().doesNotHaveBean(LimitExceededResolver.class));
  }
}
