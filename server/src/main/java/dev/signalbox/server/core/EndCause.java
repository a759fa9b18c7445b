package dev.signalbox.server.core;

/** How a session ended. */
public enum EndCause {
  /** The client closed it (L6), or it was ephemeral and holds nothing any more. */
  CLOSED,
  /** Its lease ran out (L2), or its stream broke and it had asked to end then (L9). */
  EXPIRED,
  /** An administrator ended it. */
  KILLED
}
