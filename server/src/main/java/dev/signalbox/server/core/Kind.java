package dev.signalbox.server.core;

/** What a name was created as (O4). Kinds share one space of names and count alike. */
public enum Kind {
  /** A counting semaphore. */
  SEMAPHORE,
  /** A semaphore of one that is used as a mutex. */
  MUTEX,
  /** A semaphore of one that is used as an event. */
  EVENT
}
