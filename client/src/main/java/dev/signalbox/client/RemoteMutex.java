package dev.signalbox.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A handle on a named mutex of the service. Its owner is a session, so this client as a whole: any
 * of its threads may release it, and none may acquire it again before that; it is not recursive
 * (M1, M2). Thread-safe; nothing to close.
 *
 * <p>Every method can throw {@link SignalboxException.NotFound} if the mutex was deleted, {@link
 * SignalboxException.SessionLost} and {@link SignalboxException.Unavailable}.
 *
 * <pre>{@code
 * try (Permit permit = mutex.acquire()) {
 *   if (permit.isAbandoned()) { … } // an earlier owner died amid its work
 *   …
 * }
 * }</pre>
 */
public interface RemoteMutex extends RemoteObject {
  /**
   * Another handle of the same mutex with no more than these rights, of which this one must have
   * all (X2). This handle stays as it is.
   *
   * @throws SignalboxException.AccessDenied if this handle lacks one of them
   */
  RemoteMutex withRights(Set<AccessRight> rights);

  /** The mutex as a part of an {@link Acquire}. */
  Acquire.Part permit();

  /**
   * Becomes its owner, however long it takes. {@link Permit#isAbandoned} says whether an earlier
   * owner vanished (M3); the permit's one slot and its epoch are a fencing token (A8).
   */
  Permit acquire() throws InterruptedException;

  /** Becomes its owner if nobody owns it now and nobody waits before (A3). */
  Optional<Permit> tryAcquire() throws InterruptedException;

  /** Becomes its owner, or gives up after the given time (A2). */
  Optional<Permit> tryAcquire(Duration wait) throws InterruptedException;

  /** See {@link #tryAcquire(Duration)}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Optional<Permit>> acquireAsync(Duration wait);

  /** See {@link #acquire()}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Permit> acquireAsync();

  /**
   * Releases it if this session owns it (M4). To give back one particular grant, close its {@link
   * Permit}: that is exact even if the session was lost meanwhile and owns the mutex anew.
   *
   * <p>If an earlier session of this client lost the mutex, and nobody closed its permit, this
   * settles that loss: nothing is released, and the result says so (L3).
   *
   * @throws SignalboxException.NotHeld if this session does not own it
   */
  ReleaseResult release() throws InterruptedException;

  /** See {@link #release}. */
  CompletableFuture<ReleaseResult> releaseAsync();

  /** The mutex as it is now, with its owner, if it has one, and whoever is the first in line. */
  SemaphoreInfo info() throws InterruptedException;

  /** See {@link #info}. */
  CompletableFuture<SemaphoreInfo> infoAsync();
}
