package dev.signalbox.client;

/**
 * What a name was created as (O4). All kinds count alike; the kind keeps them from being mixed up.
 */
public enum ObjectKind {
  /** A counting semaphore. */
  SEMAPHORE,
  /** A semaphore of one that is used as a mutex. */
  MUTEX,
  /** A semaphore of one that is used as an event. */
  EVENT
}
