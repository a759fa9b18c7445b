package dev.signalbox.systemtests.linear;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.systemtests.linear.Attempt.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread of a {@link ConcurrentRun}: makes random calls, one at a time, and records them. */
final class Chance {
  private static final int LONGEST_WAIT_MILLIS = 3;

  /** How long a hasty thread waits for an answer. */
  private static final long HASTE_MILLIS = 100;

  private final int thread;
  private final ConcurrentRun.Plan plan;
  private final SignalboxClient client;
  private final List<RemoteSemaphore> semaphores;
  private final AtomicLong clock;
  private final SplittableRandom random;
  private final List<CompletableFuture<Attempt>> unheard = new ArrayList<>();

  Chance(
      int thread,
      ConcurrentRun.Plan plan,
      SignalboxClient client,
      List<RemoteSemaphore> semaphores,
      AtomicLong clock) {
    this.thread = thread;
    this.plan = plan;
    this.client = client;
    this.semaphores = semaphores;
    this.clock = clock;
    this.random = new SplittableRandom(plan.seed() * 1_000 + thread);
  }

  Callable<List<Attempt>> calls(int most, BooleanSupplier stop) {
    return () -> {
      List<Attempt> made = new ArrayList<>();
      while (made.size() < most && !stop.getAsBoolean()) {
        make(question()).ifPresent(made::add);
      }
      for (CompletableFuture<Attempt> answer : unheard) {
        var unused = answer.exceptionally(failure -> null).get();
      }
      return made;
    };
  }

  private Attempt question() {
    int semaphore = random.nextInt(plan.semaphores());
    long timeout = Math.max(0, random.nextInt(2 * LONGEST_WAIT_MILLIS) - LONGEST_WAIT_MILLIS + 1);
    int dice = random.nextInt(100);
    if (dice < 40) {
      return Attempt.release(thread, semaphore, 1 + random.nextInt(plan.maximum() + 1));
    }
    if (dice < 47) {
      return Attempt.query(thread, semaphore);
    }
    if (dice < 80 || plan.semaphores() == 1) {
      return Attempt.wait(thread, semaphore, timeout);
    }
    return Attempt.waitFor(thread, dice < 90 ? Op.WAIT_ANY : Op.WAIT_ALL, timeout);
  }

  /** Empty: it is certain that nothing came of it. */
  private Optional<Attempt> make(Attempt question) throws Exception {
    Attempt begun = question.at(clock.incrementAndGet());
    CompletableFuture<Attempt> answer = ask(begun);
    try {
      Attempt told = mayGiveUp() ? answer.get(HASTE_MILLIS, MILLISECONDS) : answer.get();
      return Optional.of(told.endedAt(clock.incrementAndGet()));
    } catch (TimeoutException e) {
      unheard.add(answer);
      return heardLater(question, begun);
    } catch (ExecutionException e) {
      return failed(question, begun, e.getCause());
    }
  }

  private boolean mayGiveUp() {
    return thread == 0 && unheard.size() < plan.unheard();
  }

  private Optional<Attempt> failed(Attempt question, Attempt begun, @Nullable Throwable cause)
      throws ExecutionException {
    if (cause instanceof SignalboxException.TooManyPosts) {
      return Optional.of(begun.refused(Attempt.TOO_MANY_POSTS).endedAt(clock.incrementAndGet()));
    }
    if (cause instanceof SignalboxException failure) {
      return failure.conclusion() == Conclusion.NOT_DONE
          ? Optional.empty()
          : heardLater(question, begun);
    }
    throw new ExecutionException(cause);
  }

  /** What nobody heard of tells nothing if it changes nothing. */
  private static Optional<Attempt> heardLater(Attempt question, Attempt begun) {
    return question.op() == Op.QUERY ? Optional.empty() : Optional.of(begun);
  }

  private CompletableFuture<Attempt> ask(Attempt begun) {
    return switch (begun.op()) {
      case RELEASE ->
          semaphore(begun)
              .releaseAsync(Objects.requireNonNull(begun.permits()))
              .thenApply(result -> begun.released(result.previousCount()));
      case QUERY -> semaphore(begun).infoAsync(0).thenApply(info -> begun.seen(info.count()));
      case WAIT -> acquire(begun, Acquire.of(semaphore(begun), 1));
      case WAIT_ALL -> acquire(begun, Acquire.opportunistic(oneOfEach()));
      case WAIT_ANY -> acquire(begun, Acquire.anyOf(oneOfEach()));
    };
  }

  private Acquire.Part[] oneOfEach() {
    return semaphores.stream().map(each -> each.permits(1)).toArray(Acquire.Part[]::new);
  }

  private CompletableFuture<Attempt> acquire(Attempt begun, Acquire acquire) {
    Duration wait = Duration.ofMillis(Objects.requireNonNull(begun.timeout()));
    return client
        .acquireAsync(acquire.consume().within(wait))
        .thenApply(permit -> begun.waited(permit.isPresent(), index(begun, permit)));
  }

  private static @Nullable Integer index(Attempt begun, Optional<Permit> permit) {
    return begun.op() == Op.WAIT_ANY ? permit.map(Permit::choice).orElse(null) : null;
  }

  private RemoteSemaphore semaphore(Attempt begun) {
    return semaphores.get(Objects.requireNonNull(begun.semaphore()));
  }
}
