package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItemResult;
import java.util.List;

/** One session with the service, from its opening to its end. */
public final class Session {
  private final ByteString id;
  private final Lifeline lifeline;
  private final Holdings holdings = new Holdings();

  Session(ByteString id, Lifeline lifeline) {
    this.id = id;
    this.lifeline = lifeline;
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
