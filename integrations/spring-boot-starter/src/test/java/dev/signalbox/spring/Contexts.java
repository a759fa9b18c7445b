package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClient;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the tests of this package start. */
final class Contexts {
  private Contexts() {}

  /** The starter on a client that is a fake, with these limiters as beans. */
  static ApplicationContextRunner with(FakeLimiter... limiters) {
    ApplicationContextRunner runner =
        new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(SignalboxAutoConfiguration.class))
            .withBean(SignalboxClient.class, () -> new FakeClient().client());
    for (FakeLimiter limiter : limiters) {
      runner = runner.withBean(limiter.name(), FakeLimiter.class, () -> limiter);
    }
    return runner;
  }

  /** What a user reads when the start fails. */
  static FailureAnalysis analysis(@Nullable Throwable failure) {
    FailureAnalysis analysis = new BadSetupAnalyzer().analyze(Objects.requireNonNull(failure));
    if (analysis == null) {
      throw new AssertionError("not a failure of the setup", failure);
    }
    return analysis;
  }
}
