package dev.signalbox.spring;

import dev.signalbox.client.Permit;
import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterMetrics;
import dev.signalbox.client.limit.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets in or refuses as it is told, and remembers what it was asked. */
final class FakeLimiter implements Limiter {
  /** One question. */
  record Asked(LimitKeys keys, Duration maxWait) {}

  final List<Asked> asked = new CopyOnWriteArrayList<>();
  final AtomicInteger inFlight = new AtomicInteger();
  volatile Optional<Refusal> refusal = Optional.empty();

  private final String name;

  FakeLimiter(String name) {
    this.name = name;
  }

  void refuse(Refusal.Cause cause, Duration retryAfter) {
    refusal = Optional.of(new Refusal(name, cause, retryAfter));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Decision decide(LimitKeys keys) throws InterruptedException {
    return decide(keys, Duration.ZERO);
  }

  @Override
  public Decision decide(LimitKeys keys, Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return decided(keys, wait);
  }

  private Decision decided(LimitKeys keys, Duration wait) {
    asked.add(new Asked(keys, wait));
    return refusal.map(Decision.class::cast).orElseGet(Entered::new);
  }

  @Override
  public CompletableFuture<Decision> decideAsync(LimitKeys keys, Duration wait) {
    return CompletableFuture.completedFuture(decided(keys, wait));
  }

  @Override
  public boolean isShadow() {
    return false;
  }

  @Override
  public LimiterMetrics metrics() {
    return new LimiterMetrics(inFlight.get(), 1, asked.size(), 3, 4, 5, 6, 7, 8, 9, 10);
  }

  private final class Entered implements Admission {
    private final AtomicBoolean open = new AtomicBoolean(true);

    Entered() {
      inFlight.incrementAndGet();
    }

    @Override
    public Grounds grounds() {
      return Grounds.GRANTED;
    }

    @Override
    public Optional<Permit> permit() {
      return Optional.empty();
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        inFlight.decrementAndGet();
      }
    }
  }
}
