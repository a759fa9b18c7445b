package dev.signalbox.server.session;

import dev.signalbox.server.core.Outcome;
import java.util.List;

/**
 * A client's stream, as its {@link Outbox} uses it: only under the outbox's lock, except for {@link
 * #drained}. Nothing here may block.
 */
public interface ClientStream {
  /** Whether the transport takes more without piling it up. */
  boolean isReady();

  /**
   * Sends one frame. With the end of the session in it, the stream is complete.
   *
   * @param outcomes what to send, from the front; empty for a renewal alone
   * @param renewedThrough the last client frame that renewed the lease
   * @return how many of them the frame took, at least one of any
   */
  int send(List<Outcome> outcomes, long renewedThrough);

  /** Says that this node is about to stop. */
  void sendGoingAway();

  /** Ends the stream. */
  void end(StreamEnd why);

  /** The backlog may have shrunk. */
  void drained();
}
