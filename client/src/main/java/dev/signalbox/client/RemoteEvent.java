package dev.signalbox.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A handle on a named event of the service: set or not set, held by nobody (V1). Thread-safe;
 * nothing to close.
 *
 * <p>Every method can throw {@link SignalboxException.NotFound} if the event was deleted, {@link
 * SignalboxException.SessionLost} and {@link SignalboxException.Unavailable}.
 */
public interface RemoteEvent extends RemoteObject {
  /**
   * Another handle of the same event with no more than these rights, of which this one must have
   * all (X2). This handle stays as it is.
   *
   * @throws SignalboxException.AccessDenied if this handle lacks one of them
   */
  RemoteEvent withRights(Set<AccessRight> rights);

  /** The wait for this event as a part of an {@link Acquire}. Nothing of it is held (V1). */
  Acquire.Part signal();

  /**
   * Sets it (V2). Of auto reset, that lets the first waiter through and resets it, or stays until
   * somebody comes; of manual reset, it lets everybody through until it is reset (V3).
   *
   * @return whether it was set already, which is no failure
   */
  boolean set() throws InterruptedException;

  /** See {@link #set}. */
  CompletableFuture<Boolean> setAsync();

  /**
   * Resets it (V4).
   *
   * @return whether it was set before
   */
  boolean reset() throws InterruptedException;

  /** See {@link #reset}. */
  CompletableFuture<Boolean> resetAsync();

  /** Waits until it is set, however long it takes; of auto reset, this resets it. */
  void await() throws InterruptedException;

  /**
   * Waits until it is set, for at most so long: 0 to 365 days.
   *
   * @return false: the time ran out (A2)
   */
  boolean await(Duration wait) throws InterruptedException;

  /**
   * See {@link #await(Duration)}. Cancelling the future cancels the wait (A7); if an event of auto
   * reset was set at the same time, its signal may then be used up.
   */
  CompletableFuture<Boolean> awaitAsync(Duration wait);

  /** The event as it is now: a count of 1 says that it is set. */
  SemaphoreInfo info() throws InterruptedException;

  /** See {@link #info}. */
  CompletableFuture<SemaphoreInfo> infoAsync();
}
