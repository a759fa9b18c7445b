package dev.signalbox.spring;

import dev.signalbox.client.SignalboxClientBuilder;

/** A bean of this kind changes the client before it is built, after the properties did. */
@FunctionalInterface
public interface SignalboxClientBuilderCustomizer {
  /** Changes the builder. Several are called in the order of their beans. */
  void customize(SignalboxClientBuilder builder);
}
