package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxClientBuilder;
import dev.signalbox.client.SignalboxException;
import org.springframework.core.env.Environment;

/** Makes a client of its properties. */
final class ConfiguredClient {
  private final SignalboxProperties properties;
  private final Environment environment;

  ConfiguredClient(SignalboxProperties properties, Environment environment) {
    this.properties = properties;
    this.environment = environment;
  }

  SignalboxClientBuilder builder() {
    SignalboxClientBuilder builder =
        SignalboxClient.builder()
            .targets(properties.targets())
            .clientName(name())
            .lease(properties.lease())
            .patience(properties.patience())
            .closeAtExit(!springEndsWithTheJvm());
    if (properties.endAfterBreak() != null) {
      builder.endAfterBreak(properties.endAfterBreak());
    }
    return builder;
  }

  private String name() {
    return properties.clientName() == null
        ? environment.getProperty("spring.application.name", "java")
            + "-"
            + ProcessHandle.current().pid()
        : properties.clientName();
  }

  /** Spring then closes its beans in their order; the client by itself would be the first to go. */
  private boolean springEndsWithTheJvm() {
    return environment.getProperty("spring.main.register-shutdown-hook", Boolean.class, true);
  }

  static SignalboxClient build(SignalboxClientBuilder builder) {
    try {
      return builder.build();
    } catch (SignalboxException.InvalidArgument e) {
      String why = String.valueOf(e.getMessage()).substring(e.field().length() + 1);
      throw BadSetupException.property("signalbox." + property(e.field()), why);
    }
  }

  private static String property(String field) {
    return switch (field) {
      case "target" -> "targets";
      case "clientName" -> "client-name";
      case "endAfterBreak" -> "end-after-break";
      default -> field;
    };
  }
}
