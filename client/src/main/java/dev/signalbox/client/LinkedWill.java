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

  /** Network thread. */
  private @Nullable Session session;

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

  /** The number, if the session is the will's or it has none yet. Network thread. */
  long numberIn(Session current) {
    if (session == null) {
      session = current;
    }
    if (session != current) {
      throw new SignalboxException.SessionLost(
          "the session that left the will is gone", SignalboxException.Conclusion.NOT_DONE);
    }
    return number;
  }

  @Override
  public void replace(List<ReleaseItem.Signal> signals) throws InterruptedException {
    var unused = link.perform(new WillCall(link, this, List.copyOf(signals)));
  }

  @Override
  public CompletableFuture<Void> replaceAsync(List<ReleaseItem.Signal> signals) {
    return link.begin(new WillCall(link, this, List.copyOf(signals))).thenAccept(will -> {});
  }

  @Override
  public void clear() throws InterruptedException {
    var unused = link.perform(new WillCall(link, this, null));
  }

  @Override
  public CompletableFuture<Void> clearAsync() {
    return link.begin(new WillCall(link, this, null)).thenAccept(will -> {});
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
