package dev.signalbox.client;

/** How a client stands with the service. */
public enum ClientState {
  /** No session yet, or the last one was lost: a new one is being opened. */
  CONNECTING,
  /** A session, and a connection that carries it. */
  CONNECTED,
  /** A session that lives on without a connection; the client is reconnecting (L5). */
  DISCONNECTED,
  /** Closed. */
  CLOSED
}
