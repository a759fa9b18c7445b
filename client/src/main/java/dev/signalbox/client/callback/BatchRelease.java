package dev.signalbox.client.callback;

import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The networked intents of one callback on their way to the service: one atomic request (C4), and
 * if that fails, another one that gives back the held permits alone (C6).
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
    List<ReleaseItem> held =
        items.stream().filter(item -> item instanceof ReleaseItem.GiveBack).toList();
    if (held.isEmpty() || wentWithTheSession(refusal)) {
      whenSettled.accept(Verdict.of(refusal, List.of(), List.of()));
    } else {
      var unused =
          request(held)
              .whenComplete((results, failure) -> answeredAgain(refusal, held, results, failure));
    }
  }

  /** Whether no permit can be held any more. */
  private static boolean wentWithTheSession(Throwable refusal) {
    return refusal instanceof SignalboxException.SessionLost
        || refusal instanceof SignalboxException.ClientClosed;
  }

  private void answeredAgain(
      Throwable refusal,
      List<ReleaseItem> held,
      @Nullable List<ReleaseResult> results,
      @Nullable Throwable failure) {
    if (results == null) {
      var unused = Troubles.withSuppressed(refusal, bare(failure));
      held.forEach(BatchRelease::leaveToTheClient);
    }
    whenSettled.accept(Verdict.of(refusal, held, results == null ? List.of() : results));
  }

  /** Should the session live, the client still sees to it that the permit goes back. */
  private static void leaveToTheClient(ReleaseItem held) {
    try {
      ((ReleaseItem.GiveBack) held).permit().close();
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
