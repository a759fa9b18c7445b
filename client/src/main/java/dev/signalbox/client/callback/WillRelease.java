package dev.signalbox.client.callback;

import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.SignalboxException.ClientClosed;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.SessionLost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The networked intents of a callback that has left a will: one atomic request that carries the
 * will out and forgets it (C4, L8). So each crash-safe signal is applied once: by this request, or
 * by the service with the end of the session.
 */
final class WillRelease {
  private final SignalboxClient client;
  private final List<ReleaseItem> others;
  private final LeftWill left;
  private final List<ReleaseItem> all;
  private final Consumer<Verdict> whenSettled;

  private WillRelease(
      SignalboxClient client,
      List<ReleaseItem> others,
      LeftWill left,
      Consumer<Verdict> whenSettled) {
    this.client = client;
    this.others = others;
    this.left = left;
    this.whenSettled = whenSettled;
    all = new ArrayList<>(others);
    all.addAll(left.signals());
  }

  /**
   * Sends them.
   *
   * @param others what is due beside the signals of the will
   * @param whenSettled told once what became of them, on this thread or on the client's executor
   */
  static void send(
      SignalboxClient client,
      List<ReleaseItem> others,
      LeftWill left,
      Consumer<Verdict> whenSettled) {
    WillRelease release = new WillRelease(client, others, left, whenSettled);
    var unused = release.fulfil(release.all).whenComplete(release::answered);
  }

  private CompletableFuture<List<ReleaseResult>> fulfil(List<ReleaseItem> items) {
    try {
      return left.will().fulfilAsync(items);
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void answered(@Nullable List<ReleaseResult> results, @Nullable Throwable failure) {
    if (results != null) {
      whenSettled.accept(Verdict.of(null, all, results));
      return;
    }
    Throwable refusal = BatchRelease.bare(failure);
    if (refusal instanceof SessionLost lost) {
      sessionLost(lost);
    } else if (refusal instanceof ClientClosed) {
      whenSettled.accept(Verdict.refused(refusal));
    } else {
      refused(refusal);
    }
  }

  /**
   * If the request was not sent, the service carries out the will, and what is due beside it goes
   * the way it goes after a loss (C11). If it was, the one or the other happens, and nobody knows
   * of the rest.
   */
  private void sessionLost(SessionLost lost) {
    if (others.isEmpty()) {
      whenSettled.accept(Verdict.NOTHING.leaving(left.signals()));
    } else if (lost.conclusion() == Conclusion.NOT_DONE) {
      BatchRelease.send(
          client, others, verdict -> whenSettled.accept(verdict.leaving(left.signals())));
    } else {
      whenSettled.accept(Verdict.refused(lost).leaving(left.signals()));
    }
  }

  /**
   * The held permits go back, and in the same step the will is forgotten: refused now, its signals
   * must not come with the end of the session (C6).
   */
  private void refused(Throwable refusal) {
    List<ReleaseItem> permits = BatchRelease.permits(others);
    var unused =
        fulfil(permits)
            .whenComplete((results, failure) -> {
              if (results != null) {
                releaseMutexes(Verdict.of(refusal, permits, results));
              } else {
                refusedAgain(refusal, BatchRelease.bare(failure));
              }
            });
  }

  /** By themselves, as one that is not held would have kept the will from being forgotten. */
  private void releaseMutexes(Verdict verdict) {
    List<ReleaseItem> mutexes = BatchRelease.mutexes(others);
    if (mutexes.isEmpty()) {
      whenSettled.accept(verdict);
    } else {
      BatchRelease.send(client, mutexes, also -> whenSettled.accept(verdict.and(also)));
    }
  }

  private void refusedAgain(Throwable refusal, Throwable again) {
    BatchRelease.permits(others).forEach(BatchRelease::leaveToTheClient);
    Verdict verdict = Verdict.refused(Troubles.withSuppressed(refusal, again));
    if (again instanceof SessionLost) {
      whenSettled.accept(verdict.leaving(left.signals()));
    } else {
      var unused =
          left.will().clearAsync().whenComplete((done, failure) -> releaseMutexes(verdict));
    }
  }
}
