package dev.signalbox.client;

import java.time.Duration;

/**
 * Hears what becomes of a client's sessions. Called one at a time, in order, on a thread that no
 * other user code runs on; never under a lock.
 */
public interface SessionListener {
  /** A session was opened: the first one, or the one after a loss. It holds nothing yet. */
  default void sessionOpened() {}

  /** The connection broke. The session lives, and the client reconnects (L5). */
  default void disconnected() {}

  /** The session is connected again; what was in flight is answered once (L5, E1). */
  default void sessionResumed() {}

  /**
   * Half of the lease has passed without an answer (L4).
   *
   * @param remaining the time left until permits count as lost
   */
  default void jeopardy(Duration remaining) {}

  /**
   * The session is lost and so are all its permits (L2, L4). Each permit's own listener is called
   * too. A new session is opened by itself.
   */
  default void sessionLost() {}

  /** The client was closed (L6). */
  default void closed() {}
}
