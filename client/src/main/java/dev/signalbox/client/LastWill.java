package dev.signalbox.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Signals that the service sends itself if this session expires before they were sent (L8). They
 * are a release of that session's: what it holds there is given back first (R5). A closed client
 * leaves no will. Thread-safe.
 */
public interface LastWill {
  /**
   * Replaces what the will says.
   *
   * @throws SignalboxException.SessionLost if the session that left it is gone
   * @throws InterruptedException if interrupted while it waited for the answer: what the will says
   *     then is known again when it has been replaced once more
   */
  void replace(List<ReleaseItem.Signal> signals) throws InterruptedException;

  /** See {@link #replace}. */
  CompletableFuture<Void> replaceAsync(List<ReleaseItem.Signal> signals);

  /** Withdraws the will. One that is gone already is no error. */
  void clear() throws InterruptedException;

  /** See {@link #clear}. */
  CompletableFuture<Void> clearAsync();

  /**
   * Releases and withdraws the will in one atomic step: either the items are applied and the will
   * is forgotten, or neither. Fails if the session that left the will is lost, as the service then
   * carries it out itself: at once with {@link SignalboxException.Conclusion#NOT_DONE} if it was
   * not sent before, and otherwise with {@code UNKNOWN}, as either these items were applied or the
   * will is, never both. As long as the session lives it is not given up.
   *
   * @see SignalboxClient#release(List)
   * @throws SignalboxException.SessionLost if the session that left it is gone
   */
  List<ReleaseResult> fulfil(List<ReleaseItem> items) throws InterruptedException;

  /** See {@link #fulfil}. */
  CompletableFuture<List<ReleaseResult>> fulfilAsync(List<ReleaseItem> items);
}
