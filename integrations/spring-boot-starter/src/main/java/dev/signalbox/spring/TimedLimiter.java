package dev.signalbox.spring;

import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Times how long decisions took. */
final class TimedLimiter implements Limiter {
  private final Limiter limiter;
  private final Timer admitted;
  private final Timer refused;

  TimedLimiter(Limiter limiter, MeterRegistry registry) {
    this.limiter = limiter;
    admitted = timer("admitted", registry);
    refused = timer("refused", registry);
  }

  private Timer timer(String decision, MeterRegistry registry) {
    return Timer.builder("signalbox.limiter.wait")
        .description("Time from the question to the limiter's decision")
        .tag("limiter", limiter.name())
        .tag("decision", decision)
        .register(registry);
  }

  @Override
  public String name() {
    return limiter.name();
  }

  @Override
  public Decision decide(LimitKeys keys) throws InterruptedException {
    return decide(keys, Duration.ZERO);
  }

  @Override
  public Decision decide(LimitKeys keys, Duration wait) throws InterruptedException {
    long began = System.nanoTime();
    Decision decision = limiter.decide(keys, wait);
    record(decision, began);
    return decision;
  }

  @Override
  public CompletableFuture<Decision> decideAsync(LimitKeys keys, Duration wait) {
    long began = System.nanoTime();
    CompletableFuture<Decision> decision = limiter.decideAsync(keys, wait);
    var unused = decision.thenAccept(made -> record(made, began));
    return decision;
  }

  private void record(Decision decision, long began) {
    Timer timer = decision.isAdmitted() ? admitted : refused;
    timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isShadow() {
    return limiter.isShadow();
  }

  @Override
  public LimiterMetrics metrics() {
    return limiter.metrics();
  }
}
