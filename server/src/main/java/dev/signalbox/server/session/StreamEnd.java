package dev.signalbox.server.session;

/** Why the server ends a stream although its session goes on, or without a word of its own. */
public enum StreamEnd {
  /** Another stream resumed the session. */
  REPLACED,
  /** This node no longer leads. */
  NOT_LEADER,
  /** This node stops. */
  GOING_AWAY,
  /** The client does not read what it is sent, and too much has piled up. */
  UNREAD,
  /** The session expired while the client did not read. */
  SESSION_LOST
}
