package dev.signalbox.spring;

import dev.signalbox.client.ClientState;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;

/** What the limiters count and how the client stands, as meters. */
final class SignalboxMeters implements MeterBinder {
  private final SignalboxClient client;
  private final Limiters limiters;

  SignalboxMeters(SignalboxClient client, Limiters limiters) {
    this.client = client;
    this.limiters = limiters;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(
            "signalbox.client.connected", client, c -> c.state() == ClientState.CONNECTED ? 1 : 0)
        .description("1 while the client has a session and a connection that carries it, else 0")
        .strongReference(true)
        .register(registry);
    limiters.all().forEach(limiter -> new Binding(limiter, registry).all());
  }

  /** The meters of one limiter. */
  private record Binding(Limiter limiter, MeterRegistry registry) {
    void all() {
      gauge("in.flight", "Calls that are let in and have not ended", LimiterMetrics::inFlight);
      gauge("waiting", "Calls that wait for a decision", LimiterMetrics::waiting);
      decisions("granted", LimiterMetrics::granted);
      decisions("refused", LimiterMetrics::refused);
      decisions("passed.open", LimiterMetrics::passedOpen);
      decisions("passed.local", LimiterMetrics::passedLocal);
      decisions("refused.local", LimiterMetrics::refusedLocal);
      decisions("refused.unavailable", LimiterMetrics::refusedUnavailable);
      decisions("shadow.granted", LimiterMetrics::shadowGranted);
      decisions("shadow.refused", LimiterMetrics::shadowRefused);
      decisions("shadow.undecided", LimiterMetrics::shadowUndecided);
    }

    private void gauge(String name, String meaning, ToLongFunction<LimiterMetrics> value) {
      Gauge.builder("signalbox.limiter." + name, limiter, l -> value.applyAsLong(l.metrics()))
          .description(meaning)
          .tag("limiter", limiter.name())
          .strongReference(true)
          .register(registry);
    }

    private void decisions(String outcome, ToLongFunction<LimiterMetrics> count) {
      FunctionCounter.builder(
              "signalbox.limiter.decisions", limiter, l -> count.applyAsLong(l.metrics()))
          .description("Decisions about calls, by outcome")
          .tag("limiter", limiter.name())
          .tag("outcome", outcome)
          .register(registry);
    }
  }
}
