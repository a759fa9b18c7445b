package dev.signalbox.client.internal;

/**
 * Is told what becomes of the sessions. Called on the network thread; must not run user code there.
 */
public interface LinkListener {
  /** A session was opened. */
  void opened();

  /** The stream broke; the session lives. */
  void disconnected();

  /** The session has a stream again. */
  void resumed();

  /** Half of the lease has passed without an answer. */
  void jeopardy(long remainingNanos);

  /** The session is lost. */
  void lost();

  /** The link is closed. */
  void closed();
}
