package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.client.internal.SessionLink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A last will of the session in which it was first sent. */
final class LinkedWill implements LastWill {
  private final SessionLink link;
  private final long number;

  /** The session that has it, and what it says there. Network thread. */
  private @Nullable Session session;

  private List<ReleaseItem.Signal> signals = List.of();

  LinkedWill(SessionLink link, long number) {
    this.link = link;
    this.number = number;
  }

  long number() {
    return number;
  }

  boolean isOf(Session current) {
    return session == current;
  }

  /** Whether the session that has it is not this one. Network thread. */
  boolean isOrphanIn(@Nullable Session current) {
    return session != null && session != current;
  }

  /** It is sent to this session for the first time, or again. Network thread. */
  void sentTo(Session current) {
    session = current;
  }

  /** The service has taken note of it. Network thread. */
  void says(List<ReleaseItem.Signal> confirmed) {
    signals = confirmed;
  }

  /**
   * The session is lost, so the service carries the will out, as a release of that session's: what
   * it released of the session's own permits counts as released (L3, R5). Network thread.
   */
  void carriedOut() {
    if (session != null) {
      for (ReleaseItem.Signal signal : signals) {
        var unused = session.takeLost(signal.semaphore().name(), signal.permits());
      }
      signals = List.of();
    }
  }

  @Override
  public void replace(List<ReleaseItem.Signal> signals) throws InterruptedException {
    var unused = link.perform(WillCall.replacing(link, this, signals));
  }

  @Override
  public CompletableFuture<Void> replaceAsync(List<ReleaseItem.Signal> signals) {
    return link.begin(WillCall.replacing(link, this, signals)).thenAccept(will -> {});
  }

  @Override
  public void clear() throws InterruptedException {
    var unused = link.perform(WillCall.withdrawing(link, this));
  }

  @Override
  public CompletableFuture<Void> clearAsync() {
    return link.begin(WillCall.withdrawing(link, this)).thenAccept(will -> {});
  }

  @Override
  public List<ReleaseResult> fulfil(List<ReleaseItem> items) throws InterruptedException {
    return link.perform(ReleaseCall.ofMany(link, items, this));
  }

  @Override
  public CompletableFuture<List<ReleaseResult>> fulfilAsync(List<ReleaseItem> items) {
    return link.begin(ReleaseCall.ofMany(link, items, this));
  }
}
