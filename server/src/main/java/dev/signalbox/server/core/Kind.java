package dev.signalbox.server.core;

/** What a name was created as (O4). Kinds share one space of names. */
public enum Kind {
  /** A counting semaphore. */
  SEMAPHORE,
  /** A semaphore of one that has an owner, and knows when an owner vanished (M1 to M4). */
  MUTEX,
  /** A count of 0 or 1 that nobody holds: set or not set (V1 to V5). */
  EVENT
}
