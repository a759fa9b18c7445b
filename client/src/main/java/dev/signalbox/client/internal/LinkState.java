package dev.signalbox.client.internal;

/** How the link stands. */
public enum LinkState {
  /** Without a session. */
  CONNECTING,
  /** With a session and its stream. */
  CONNECTED,
  /** With a session but without a stream. */
  DISCONNECTED,
  /** Over. */
  CLOSED
}
