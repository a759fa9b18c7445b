package dev.signalbox.client.limit;

import dev.signalbox.client.Permit;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A limiter that asks the service, and decides by itself where that is out of reach. */
final class ServiceLimiter implements Limiter, Verdicts {
  private final String name;
  private final Asker asker;
  private final Fallback fallback;
  private final FailureLog log;
  private final Refusal refusal;
  private final Tally tally;

  ServiceLimiter(
      String name, Asker asker, Fallback fallback, FailureLog log, Refusal refusal, Tally tally) {
    this.name = name;
    this.asker = asker;
    this.fallback = fallback;
    this.log = log;
    this.refusal = refusal;
    this.tally = tally;
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
    String[] names = asker.limits().names(keys);
    long nanos = Checks.wait(wait);
    return asker.isOutOfReach(names) ? outOfReach(names) : ask(names, nanos).await();
  }

  @Override
  public CompletableFuture<Decision> decideAsync(LimitKeys keys, Duration wait) {
    try {
      String[] names = asker.limits().names(keys);
      long nanos = Checks.wait(wait);
      return asker.isOutOfReach(names)
          ? CompletableFuture.completedFuture(outOfReach(names))
          : ask(names, nanos).inTime();
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Question ask(String[] names, long wait) {
    tally.waiting.increment();
    Question question = new Question(asker, this, names, wait);
    question.ask();
    return question;
  }

  @Override
  public void decided() {
    tally.waiting.decrement();
  }

  @Override
  public Decision granted(Permit permit) {
    log.answered();
    tally.granted.increment();
    return new Pass.Granted(tally, permit);
  }

  @Override
  public Decision refused() {
    log.answered();
    tally.refused.increment();
    return refusal;
  }

  @Override
  public Decision outOfReach(String[] names) {
    log.decidedWithout();
    return fallback.decide(names);
  }

  @Override
  public void failed(Throwable cause) {
    log.answered();
  }

  @Override
  public boolean isShadow() {
    return false;
  }

  @Override
  public LimiterMetrics metrics() {
    return tally.metrics();
  }
}
