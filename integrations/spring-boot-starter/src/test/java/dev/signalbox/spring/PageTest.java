package dev.signalbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What docs/spring.md configures. */
class PageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "spring.md");

  @Test
  void configurationOfThePage_starts() throws Exception {
    PropertySource<?> properties = properties();
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                SignalboxAutoConfiguration.class, SignalboxWebAutoConfiguration.class))
        .withBean(SignalboxClient.class, () -> new FakeClient().client())
        .withInitializer(
            context -> context.getEnvironment().getPropertySources().addFirst(properties))
        .run(context -> {
          assertThat(context.getBean(Limiters.class).names())
              .containsExactly("partner", "payments/ledger-db");
          assertThat(context.getBean(FilterRegistrationBean.class).isEnabled()).isTrue();
        });
  }

  private static PropertySource<?> properties() throws Exception {
    String page = Files.readString(PAGE);
    int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
    byte[] block =
        page.substring(begin, page.indexOf("```", begin)).getBytes(StandardCharsets.UTF_8);
    return new YamlPropertySourceLoader().load("page", new ByteArrayResource(block)).get(0);
  }
}
