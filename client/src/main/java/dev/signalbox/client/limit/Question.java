package dev.signalbox.client.limit;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.SignalboxException;
import dev.signalbox.client.limit.KnownSemaphores.Creation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the service for one call, and the future of the decision. Exactly one of the
 * answer, the end of the time and a caller who gives it up decides; a grant that comes too late
 * goes back (A7).
 */
final class Question extends CompletableFuture<Decision> {
  /** Times that a question is put, should its semaphores or its session be lost under it. */
  private static final int MOST_ATTEMPTS = 4;

  private final AtomicBoolean decided = new AtomicBoolean();
  private final Asker asker;
  private final Verdicts verdicts;
  private final String[] names;
  private final long mayWaitUntil;
  private final long overAt;
  private final AtomicReferenceArray<Creation> semaphores;
  private volatile @Nullable CompletableFuture<?> underWay;
  private volatile @Nullable CompletableFuture<?> timer;
  private int attempts;

  /**
   * Not asked yet.
   *
   * @param wait in nanoseconds
   */
  Question(Asker asker, Verdicts verdicts, String[] names, long wait) {
    this.asker = asker;
    this.verdicts = verdicts;
    this.names = names;
    mayWaitUntil = asker.now() + wait;
    overAt = mayWaitUntil + asker.patience();
    semaphores = new AtomicReferenceArray<>(names.length);
  }

  /** Asks. Once. */
  void ask() {
    attempts++;
    boolean known = true;
    for (int i = 0; i < names.length; i++) {
      Creation semaphore = asker.known().get(names[i], asker.limits().spec(i));
      semaphores.set(i, semaphore);
      known &= semaphore.isDone();
    }
    if (known) {
      acquire();
    } else {
      var unused = allCreated().whenComplete((done, failure) -> acquire());
    }
  }

  private CompletableFuture<Void> allCreated() {
    CompletableFuture<?>[] all = new CompletableFuture<?>[names.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = semaphores.get(i);
    }
    return CompletableFuture.allOf(all);
  }

  private void acquire() {
    if (decided.get()) {
      return;
    }
    try {
      var asked = asker.client().acquireAsync(request());
      underWay = asked;
      if (decided.get()) {
        asked.cancel(true);
      }
      var unused =
          asked.whenComplete((answer, failure) -> {
            if (failure == null) {
              answered(answer);
            } else {
              failed(failure);
            }
          });
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Throws what a semaphore could not be created for. */
  private Acquire request() {
    Acquire.Part[] parts = new Acquire.Part[names.length];
    for (int i = 0; i < names.length; i++) {
      parts[i] = semaphores.get(i).join().permits(asker.limits().get(i).permits());
    }
    long left = Math.max(0, mayWaitUntil - asker.now());
    return Acquire.allOf(parts).within(left == 0 ? Duration.ZERO : Duration.ofNanos(left));
  }

  private void answered(Optional<Permit> answer) {
    asker.reach().heard();
    if (decides()) {
      super.complete(answer.map(verdicts::granted).orElseGet(verdicts::refused));
    } else {
      answer.ifPresent(Permit::close);
    }
  }

  private void failed(Throwable failure) {
    if (decided.get()) {
      return;
    }
    Throwable cause = cause(failure);
    if (!Asker.isOutage(cause)) {
      asker.reach().heard();
    }
    boolean again = attempts < MOST_ATTEMPTS && asker.now() - overAt < 0;
    if (cause instanceof SignalboxException.NotFound && again) {
      forgetSemaphores();
      ask();
    } else if (cause instanceof SignalboxException.SessionLost && again) {
      ask();
    } else if (decides()) {
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    if (Asker.isOutage(cause)) {
      super.complete(verdicts.outOfReach(names));
    } else {
      verdicts.failed(cause);
      super.completeExceptionally(cause);
    }
  }

  private void forgetSemaphores() {
    for (int i = 0; i < names.length; i++) {
      asker.known().forget(names[i], semaphores.get(i));
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  /** True for the one who decides. */
  private boolean decides() {
    boolean first = decided.compareAndSet(false, true);
    CompletableFuture<?> timer = this.timer;
    if (first) {
      verdicts.decided();
    }
    if (first && timer != null) {
      timer.cancel(false);
    }
    return first;
  }

  /** This question, with a timer for the end of its time: for one that no thread waits for. */
  Question inTime() {
    if (!isDone()) {
      startTimer();
    }
    return this;
  }

  private void startTimer() {
    CompletableFuture<Void> end = new CompletableFuture<>();
    timer = end;
    var expiry = end.completeOnTimeout(null, overAt - asker.now(), TimeUnit.NANOSECONDS);
    var unused = expiry.thenRunAsync(this::expire);
    if (decided.get()) {
      end.cancel(false);
    }
  }

  private void expire() {
    if (decides()) {
      withdraw();
      asker.reach().unanswered();
      super.complete(verdicts.outOfReach(names));
    }
  }

  private void withdraw() {
    CompletableFuture<?> asked = underWay;
    if (asked != null) {
      asked.cancel(true);
    }
  }

  /** Waits for the decision. An interrupt gives the question up. */
  Decision await() throws InterruptedException {
    try {
      return getInTime();
    } catch (InterruptedException e) {
      giveUp();
      throw e;
    } catch (ExecutionException e) {
      throw asThrownHere(e.getCause());
    }
  }

  private Decision getInTime() throws InterruptedException, ExecutionException {
    try {
      for (int i = 0; i < names.length; i++) {
        await(semaphores.get(i).call());
      }
      await(underWay);
      return get(overAt - asker.now(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      expire();
      return get();
    }
  }

  /**
   * Waits for what the client was asked. Its own future is completed by the thread that waits for
   * it, and with it what hangs on it, while the client's executor may be busy: with this call, say.
   */
  private void await(@Nullable CompletableFuture<?> call)
      throws InterruptedException, TimeoutException {
    if (call == null || call.isDone()) {
      return;
    }
    try {
      var unused = call.get(overAt - asker.now(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      // What follows from it is done where it ended.
    }
  }

  /** What has been decided already, or is about to be, nobody will close. */
  private void giveUp() {
    if (!cancel(true)) {
      var unused = whenComplete((decision, failure) -> closeUnused(decision));
    }
  }

  private static void closeUnused(@Nullable Decision decision) {
    if (decision instanceof Admission admission) {
      admission.close();
    }
  }

  private static RuntimeException asThrownHere(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException failure) {
      failure.fillInStackTrace();
      return failure;
    }
    return new IllegalStateException(cause);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return givesUp() && super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean complete(Decision value) {
    return givesUp() && super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return givesUp() && super.completeExceptionally(failure);
  }

  private boolean givesUp() {
    boolean first = decides();
    if (first) {
      withdraw();
    }
    return first;
  }
}
