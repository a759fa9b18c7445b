package dev.signalbox.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The semaphores of the service, by name. Names are case-sensitive, 1 to 255 bytes of UTF-8, with
 * {@code /} between levels; atomic requests stay inside one first level (O3). Thread-safe.
 */
public interface Semaphores {
  /**
   * Creates a semaphore, or opens the one that has the name (O1, O2).
   *
   * @throws SignalboxException.AlreadyExists if it exists otherwise configured and {@link
   *     IfExists#FAIL} was asked for
   * @throws SignalboxException.WrongKind if the name is of another kind (O4)
   */
  RemoteSemaphore create(String name, SemaphoreSpec spec) throws InterruptedException;

  /** See {@link #create(String, SemaphoreSpec)}. */
  CompletableFuture<RemoteSemaphore> createAsync(String name, SemaphoreSpec spec);

  /**
   * Creates a semaphore, or opens the one that has the name, for no more than these rights: who
   * creates may hold fewer, too (X2).
   */
  RemoteSemaphore create(String name, SemaphoreSpec spec, Set<AccessRight> rights)
      throws InterruptedException;

  /** See {@link #create(String, SemaphoreSpec, Set)}. */
  CompletableFuture<RemoteSemaphore> createAsync(
      String name, SemaphoreSpec spec, Set<AccessRight> rights);

  /**
   * Opens a semaphore that must exist (O4).
   *
   * @throws SignalboxException.NotFound if it does not
   * @throws SignalboxException.WrongKind if the name is of another kind
   */
  RemoteSemaphore open(String name) throws InterruptedException;

  /** See {@link #open}. */
  CompletableFuture<RemoteSemaphore> openAsync(String name);

  /** Opens a semaphore that must exist, for no more than these rights (O4, X2). */
  RemoteSemaphore open(String name, Set<AccessRight> rights) throws InterruptedException;

  /** See {@link #open(String, Set)}. */
  CompletableFuture<RemoteSemaphore> openAsync(String name, Set<AccessRight> rights);

  /**
   * Deletes a semaphore that nobody holds or waits for (O5).
   *
   * @throws SignalboxException.InUse if somebody does
   * @throws SignalboxException.WrongKind if the name is of another kind
   */
  void delete(String name) throws InterruptedException;

  /** Deletes a semaphore even if it is in use: waiters fail, held permits are void (O5). */
  void deleteByForce(String name) throws InterruptedException;

  /** See {@link #delete} and {@link #deleteByForce}. */
  CompletableFuture<Void> deleteAsync(String name, boolean force);

  /**
   * All semaphores, mutexes and events whose names begin with the prefix, in the order of their
   * names.
   */
  List<SemaphoreInfo> list(String prefix) throws InterruptedException;

  /** See {@link #list}. */
  CompletableFuture<List<SemaphoreInfo>> listAsync(String prefix);
}
