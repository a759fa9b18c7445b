package dev.signalbox.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The mutexes of the service, by name (M1). They share one space of names with semaphores and
 * events (O3, O4), and {@link Semaphores#list} lists them too. Thread-safe.
 */
public interface Mutexes {
  /** Creates a mutex that nobody owns, or opens the one that has the name. */
  RemoteMutex create(String name) throws InterruptedException;

  /**
   * Creates a mutex, or opens the one that has the name (O1, O2).
   *
   * @throws SignalboxException.AlreadyExists if it exists otherwise configured and {@link
   *     IfExists#FAIL} was asked for
   * @throws SignalboxException.WrongKind if the name is of another kind (O4)
   */
  RemoteMutex create(String name, MutexSpec spec) throws InterruptedException;

  /** See {@link #create(String, MutexSpec)}. */
  CompletableFuture<RemoteMutex> createAsync(String name, MutexSpec spec);

  /**
   * Opens a mutex that must exist (O4).
   *
   * @throws SignalboxException.NotFound if it does not
   * @throws SignalboxException.WrongKind if the name is of another kind
   */
  RemoteMutex open(String name) throws InterruptedException;

  /** See {@link #open(String)}. */
  CompletableFuture<RemoteMutex> openAsync(String name);

  /** Opens a mutex that must exist, for no more than these rights (O4, X2). */
  RemoteMutex open(String name, Set<AccessRight> rights) throws InterruptedException;

  /** See {@link #open(String, Set)}. */
  CompletableFuture<RemoteMutex> openAsync(String name, Set<AccessRight> rights);

  /** Creates or opens a mutex, for no more than these rights (O1, O2, X2). */
  RemoteMutex create(String name, MutexSpec spec, Set<AccessRight> rights)
      throws InterruptedException;

  /** See {@link #create(String, MutexSpec, Set)}. */
  CompletableFuture<RemoteMutex> createAsync(String name, MutexSpec spec, Set<AccessRight> rights);

  /**
   * Deletes a mutex that nobody owns or waits for (O5).
   *
   * @throws SignalboxException.InUse if somebody does
   * @throws SignalboxException.WrongKind if the name is of another kind
   */
  void delete(String name) throws InterruptedException;

  /** Deletes it even if it is in use: waiters fail, and its owner is told that it is gone (O5). */
  void deleteByForce(String name) throws InterruptedException;

  /** See {@link #delete} and {@link #deleteByForce}. */
  CompletableFuture<Void> deleteAsync(String name, boolean force);
}
