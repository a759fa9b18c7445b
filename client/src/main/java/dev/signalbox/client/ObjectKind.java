package dev.signalbox.client;

/** What a name was created as (O4). Names of all kinds share one space. */
public enum ObjectKind {
  /** A counting semaphore. */
  SEMAPHORE,
  /** A semaphore of one that has an owner: see {@link RemoteMutex}. */
  MUTEX,
  /** Set or not set, held by nobody: see {@link RemoteEvent}. */
  EVENT
}
