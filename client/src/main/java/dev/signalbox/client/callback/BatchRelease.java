package dev.signalbox.client.callback;

import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The networked intents of one callback on their way to the service: one atomic request (C4), and
 * if that fails, others that give back what is held: permits and mutexes alone (C6).
 */
final class BatchRelease {
  private final SignalboxClient client;
  private final List<ReleaseItem> items;
  private final Consumer<Verdict> whenSettled;

  private BatchRelease(
      SignalboxClient client, List<ReleaseItem> items, Consumer<Verdict> whenSettled) {
    this.client = client;
    this.items = items;
    this.whenSettled = whenSettled;
  }

  /**
   * Sends them.
   *
   * @param whenSettled told once what became of them, on this thread or on the client's executor
   */
  static void send(SignalboxClient client, List<ReleaseItem> items, Consumer<Verdict> whenSettled) {
    BatchRelease release = new BatchRelease(client, items, whenSettled);
    var unused = release.request(items).whenComplete(release::answered);
  }

  private CompletableFuture<List<ReleaseResult>> request(List<ReleaseItem> some) {
    try {
      return client.releaseAsync(some);
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answered(@Nullable List<ReleaseResult> results, @Nullable Throwable failure) {
    if (results != null) {
      whenSettled.accept(Verdict.of(null, items, results));
    } else {
      failed(bare(failure));
    }
  }

  private void failed(Throwable refusal) {
    List<List<ReleaseItem>> held = held();
    if (held.isEmpty() || wentWithTheSession(refusal)) {
      whenSettled.accept(Verdict.of(refusal, List.of(), List.of()));
    } else {
      giveBack(refusal, held);
    }
  }

  /**
   * All held permits together; each mutex by itself, as one that is not held would keep the others
   * from being released.
   */
  private List<List<ReleaseItem>> held() {
    List<List<ReleaseItem>> held = new ArrayList<>(0);
    List<ReleaseItem> permits =
        items.stream().filter(item -> item instanceof ReleaseItem.GiveBack).toList();
    if (!permits.isEmpty()) {
      held.add(permits);
    }
    items.stream()
        .filter(item -> item instanceof ReleaseItem.MutexRelease)
        .forEach(mutex -> held.add(List.of(mutex)));
    return held;
  }

  private void giveBack(Throwable refusal, List<List<ReleaseItem>> held) {
    List<CompletableFuture<List<ReleaseResult>>> answers =
        held.stream().map(this::request).toList();
    var unused =
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .whenComplete((done, failure) -> answeredAgain(refusal, held, answers));
  }

  /** Whether no permit can be held any more. */
  private static boolean wentWithTheSession(Throwable refusal) {
    return refusal instanceof SignalboxException.SessionLost
        || refusal instanceof SignalboxException.ClientClosed;
  }

  private void answeredAgain(
      Throwable refusal,
      List<List<ReleaseItem>> held,
      List<CompletableFuture<List<ReleaseResult>>> answers) {
    List<ReleaseItem> answered = new ArrayList<>();
    List<ReleaseResult> results = new ArrayList<>();
    for (int i = 0; i < held.size(); i++) {
      try {
        results.addAll(answers.get(i).join());
        answered.addAll(held.get(i));
      } catch (RuntimeException e) {
        var unused = Troubles.withSuppressed(refusal, bare(e));
        held.get(i).forEach(BatchRelease::leaveToTheClient);
      }
    }
    whenSettled.accept(Verdict.of(refusal, answered, results));
  }

  /** Should the session live, the client still sees to it that the permit goes back. */
  private static void leaveToTheClient(ReleaseItem held) {
    try {
      if (held instanceof ReleaseItem.GiveBack part) {
        part.permit().close();
      }
    } catch (RuntimeException e) {
      Log.LOG.warn("a permit could not be closed", e);
    }
  }

  static Throwable bare(@Nullable Throwable failure) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return failure.getCause();
    }
    return failure == null ? new IllegalStateException("answered with nothing") : failure;
  }
}
