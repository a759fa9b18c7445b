package dev.signalbox.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The events of the service, by name (V1). They share one space of names with semaphores and
 * mutexes (O3, O4), and {@link Semaphores#list} lists them too. Thread-safe.
 */
public interface Events {
  /**
   * Creates an event, or opens the one that has the name (O1, O2).
   *
   * @throws SignalboxException.AlreadyExists if it exists otherwise configured and {@link
   *     IfExists#FAIL} was asked for
   * @throws SignalboxException.WrongKind if the name is of another kind (O4)
   */
  RemoteEvent create(String name, EventSpec spec) throws InterruptedException;

  /** See {@link #create(String, EventSpec)}. */
  CompletableFuture<RemoteEvent> createAsync(String name, EventSpec spec);

  /**
   * Opens an event that must exist (O4).
   *
   * @throws SignalboxException.NotFound if it does not
   * @throws SignalboxException.WrongKind if the name is of another kind
   */
  RemoteEvent open(String name) throws InterruptedException;

  /** See {@link #open(String)}. */
  CompletableFuture<RemoteEvent> openAsync(String name);

  /** Opens an event that must exist, for no more than these rights (O4, X2). */
  RemoteEvent open(String name, Set<AccessRight> rights) throws InterruptedException;

  /** See {@link #open(String, Set)}. */
  CompletableFuture<RemoteEvent> openAsync(String name, Set<AccessRight> rights);

  /** Creates or opens an event, for no more than these rights (O1, O2, X2). */
  RemoteEvent create(String name, EventSpec spec, Set<AccessRight> rights)
      throws InterruptedException;

  /** See {@link #create(String, EventSpec, Set)}. */
  CompletableFuture<RemoteEvent> createAsync(String name, EventSpec spec, Set<AccessRight> rights);

  /**
   * Deletes an event that nobody waits for (O5).
   *
   * @throws SignalboxException.InUse if somebody does
   * @throws SignalboxException.WrongKind if the name is of another kind
   */
  void delete(String name) throws InterruptedException;

  /** Deletes it even if somebody waits: the waiters fail (O5). */
  void deleteByForce(String name) throws InterruptedException;

  /** See {@link #delete} and {@link #deleteByForce}. */
  CompletableFuture<Void> deleteAsync(String name, boolean force);
}
