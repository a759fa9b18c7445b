package dev.signalbox.client;

import java.util.Set;

/**
 * A handle on a named object of the service: a {@link RemoteSemaphore}, a {@link RemoteMutex} or a
 * {@link RemoteEvent}. All three may stand side by side in one atomic request. Where something is
 * said of semaphores in general (the name of one, the permits of one), a mutex is a semaphore of
 * one, and an event one that has a permit while it is set.
 */
public interface RemoteObject {
  /** Its name. */
  String name();

  /**
   * Whether the object was there before this handle was made (O2): false only of the handle that
   * created it, and of what {@code withRights} made of that one.
   */
  boolean alreadyExisted();

  /** What this handle may be used for (X2). Cannot be changed. */
  Set<AccessRight> rights();
}
