package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.ServerFrame;
import java.util.List;

/** One session with the service, from its opening to its end. */
public final class Session {
  private final ByteString id;
  private final Lifeline lifeline;
  private final Holdings holdings = new Holdings();
  private final Losses losses;

  Session(ByteString id, Lifeline lifeline, Losses losses) {
    this.id = id;
    this.lifeline = lifeline;
    this.losses = losses;
  }

  /**
   * Whether what it holds may be taken for held. Any thread; never true again once it was false
   * (L4).
   */
  public boolean isLive() {
    return lifeline.fence().stands();
  }

  /** Takes note of a grant. Network thread. */
  public void hold(Holding holding) {
    holdings.add(holding);
  }

  /** Takes note of what a release did. Network thread. */
  public void released(Release release, List<ReleaseItemResult> results) {
    holdings.released(release, results);
  }

  /** Takes note that the whole of a grant was given back, or was not held. Network thread. */
  public void gaveBack(Holding holding) {
    holdings.givenBack(holding);
  }

  /**
   * Of a plain release of so many permits, how many of them earlier sessions lost: those are not to
   * be released again (L3, R5). Any thread.
   */
  public int takeLost(String semaphore, int permits) {
    return losses.take(semaphore, permits);
  }

  /** The release that took them was refused. Any thread. */
  public void putBackLost(String semaphore, int permits) {
    losses.putBack(semaphore, permits);
  }

  /** The holder of a grant that was lost asked to give it back. Any thread. */
  public void forgetLost(Holding holding) {
    losses.forget(holding);
  }

  /** Heeds what the service says of grants beside its answers. */
  void heed(ServerFrame frame) {
    frame.getRecallsList().forEach(holdings::recalled);
    frame.getCreditRecallsList().forEach(holdings::creditRecalled);
  }

  ByteString id() {
    return id;
  }

  Lifeline lifeline() {
    return lifeline;
  }

  Holdings holdings() {
    return holdings;
  }
}
