package dev.signalbox.client;

/**
 * A handle on a named object of the service: a {@link RemoteSemaphore}, a {@link RemoteMutex} or a
 * {@link RemoteEvent}. All three may stand side by side in one atomic request. Where something is
 * said of semaphores in general (the name of one, the permits of one), a mutex is a semaphore of
 * one, and an event one that has a permit while it is set.
 */
public interface RemoteObject {
  /** Its name. */
  String name();
}
