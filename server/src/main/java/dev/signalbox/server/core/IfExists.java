package dev.signalbox.server.core;

/** What creating does when the name exists with another configuration (O2). */
public enum IfExists {
  /** Keep the existing configuration. */
  OPEN,
  /** Refuse with {@link Refusal#SEMAPHORE_EXISTS}. */
  FAIL,
  /** Change the existing configuration as {@link Operation.UpdateSemaphore} would. */
  UPDATE
}
