package dev.signalbox.client.callback;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteEvent;
import dev.signalbox.client.RemoteMutex;
import dev.signalbox.client.RemoteSemaphore;
import java.util.concurrent.locks.Lock;

/**
 * What is to happen when a callback returns (C2). Any number of intents of any kind may be
 * registered, from any thread, while the callback runs (C3). Nothing happens before it has
 * returned; then, in this order whatever the order of registration (C4):
 *
 * <ol>
 *   <li>local locks are unlocked, the last registered first, on the callback's own thread;
 *   <li>permits are given back, mutexes released, semaphores signalled and events set, in this
 *       order and all in one atomic request (R3);
 *   <li>local resources are closed, the last registered first, also if the request was refused.
 * </ol>
 *
 * <p>At most 256 permits, mutexes, signals and events, all in one namespace (O3): the request must
 * be able to be atomic. Thread-safe.
 *
 * <p>Every method throws {@link IllegalStateException} if the callback has returned: then nothing
 * was registered and nothing will be done.
 */
public interface Intents {
  /**
   * Gives back everything that the permit still holds (R4). A permit that was given back before is
   * no failure; one that is lost by then is: its intent is void (C11).
   *
   * @throws IllegalArgumentException if it is one too many, or of another namespace than the first
   */
  void releaseWhenCallbackReturns(Permit permit);

  /**
   * Releases so many permits as {@link RemoteSemaphore#release(int)} does: first what the session
   * holds there, the rest is a signal (R5). Judged when it is applied, not now (R2).
   *
   * <p>If the session is lost before the callback returns, what it lost here is not released again:
   * that part is void and reported (C11). Only what is a signal in any case is sent in the next
   * session.
   *
   * @param permits at least 1 (R1)
   * @throws IllegalArgumentException if it is one too many, of another namespace than the first, or
   *     of no permits
   * @throws dev.signalbox.client.SignalboxException.AccessDenied if the handle may not signal: it
   *     is refused here, and not when the callback has returned (X2)
   */
  void releaseSemaphoreWhenCallbackReturns(RemoteSemaphore semaphore, int permits);

  /**
   * Releases a mutex that this session owns when the callback has returned (M4). If it does not own
   * it then, the request as a whole is refused (C6), unless an earlier session lost it while the
   * callback ran: then the intent is void and reported (C11).
   *
   * @throws IllegalArgumentException if it is one too many, or of another namespace than the first
   */
  void releaseMutexWhenCallbackReturns(RemoteMutex mutex);

  /**
   * Sets an event (V2). One that is set already is no failure.
   *
   * @throws IllegalArgumentException if it is one too many, or of another namespace than the first
   */
  void setEventWhenCallbackReturns(RemoteEvent event);

  /** Unlocks a lock that the callback's thread will hold when it returns. */
  void unlockWhenCallbackReturns(Lock lock);

  /**
   * Closes a resource when everything else is done. It runs on a thread of the pool, and is best
   * brief.
   */
  void closeWhenCallbackReturns(AutoCloseable resource);
}
