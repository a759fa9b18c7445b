package dev.signalbox.grpc;

import dev.signalbox.client.limit.Decision;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterMetrics;
import dev.signalbox.client.limit.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A limiter whose decisions the test makes. */
final class FakeLimiter implements Limiter {
  /** Asked, and not decided. */
  record Asked(LimitKeys keys, Duration atMost, CompletableFuture<Decision> decision) {
    FakeAdmission admit() {
      return admit(new FakeAdmission());
    }

    FakeAdmission admit(FakeAdmission admission) {
      decision.complete(admission);
      return admission;
    }

    void refuse(Refusal.Cause cause, Duration retryAfter) {
      decision.complete(new Refusal("fake", cause, retryAfter));
    }
  }

  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /** What was let in at once. */
  final List<FakeAdmission> admitted = new CopyOnWriteArrayList<>();

  /** Decides at once, and lets in. */
  volatile boolean open;

  /** A decision that was withdrawn can be made all the same: it was under way. */
  volatile boolean late;

  /** The next question. */
  Asked next() throws InterruptedException {
    Asked next = asked.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the limiter was not asked");
    }
    return next;
  }

  boolean wasAsked() {
    return !asked.isEmpty();
  }

  @Override
  public CompletableFuture<Decision> decideAsync(LimitKeys keys, Duration wait) {
    Asked question = new Asked(keys, wait, undecided());
    if (open) {
      admitted.add(question.admit());
    } else {
      asked.add(question);
    }
    return question.decision();
  }

  private CompletableFuture<Decision> undecided() {
    return !late
        ? new CompletableFuture<>()
        : new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean interrupt) {
            return false;
          }
        };
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public Decision decide(LimitKeys keys) {
    throw new AssertionError("would block a thread of gRPC");
  }

  @Override
  public Decision decide(LimitKeys keys, Duration wait) {
    throw new AssertionError("would block a thread of gRPC");
  }

  @Override
  public boolean isShadow() {
    return false;
  }

  @Override
  public LimiterMetrics metrics() {
    return new LimiterMetrics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
