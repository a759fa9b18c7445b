package dev.signalbox.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A handle on a named semaphore of the service. Thread-safe; nothing to close.
 *
 * <p>Every method can throw {@link SignalboxException.NotFound} if the semaphore was deleted,
 * {@link SignalboxException.SessionLost} and {@link SignalboxException.Unavailable}.
 *
 * <p>A handle has {@linkplain AccessRight rights}, all of them unless fewer were asked for. What it
 * lacks the right for is refused with {@link SignalboxException.AccessDenied} before anything is
 * sent; the asynchronous forms fail with it (X2).
 */
public interface RemoteSemaphore extends RemoteObject {
  /**
   * Another handle of the same semaphore with no more than these rights, of which this one must
   * have all (X2). None at all is allowed. This handle stays as it is.
   *
   * @throws SignalboxException.AccessDenied if this handle lacks one of them
   */
  RemoteSemaphore withRights(Set<AccessRight> rights);

  /**
   * Another handle of the same semaphore, which may keep permits to hand out by itself, in less
   * than a microsecond (K1). Worth while where this process acquires and gives back often, and
   * others seldom wait. To be made once and kept: each has a credit of its own, which is shared by
   * the handles that are made from it. This handle stays as it is.
   *
   * <p>Its acquires, blocking and asynchronous, are served from credit where there is some, and
   * otherwise stand in line at the service as ever (K4). What it got of a credit is a permit like
   * any other, but for three things: its {@link Permit#id} is of no use elsewhere, it goes back as
   * a whole, and only by itself: {@link #release(int)} never gives it back (K3).
   *
   * <p>Of a semaphore that refills, credit is tokens: what an acquire gets of it is used up, its
   * permit a receipt. Unused ones go back to the semaphore when somebody else waits, and when the
   * idle time has passed since they were asked for; those of a lost session do not (K7).
   *
   * @throws SignalboxException.InvalidArgument if the semaphore is numbered
   */
  RemoteSemaphore withCredit(Credit terms);

  /**
   * So many permits of this semaphore, as a part of an {@link Acquire}.
   *
   * @throws SignalboxException.AccessDenied without {@link AccessRight#SYNCHRONIZE}
   */
  Acquire.Part permits(int permits);

  /** Acquires one permit, however long it takes. */
  Permit acquire() throws InterruptedException;

  /** Acquires exactly so many permits in one grant, however long it takes (A1). */
  Permit acquire(int permits) throws InterruptedException;

  /** Acquires one permit if one is available now. */
  Optional<Permit> tryAcquire() throws InterruptedException;

  /** Acquires so many permits if they are available now and nobody waits before (A3). */
  Optional<Permit> tryAcquire(int permits) throws InterruptedException;

  /** Acquires so many permits, or nothing if they do not come within the given time (A2). */
  Optional<Permit> tryAcquire(int permits, Duration wait) throws InterruptedException;

  /** See {@link #acquire()}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Permit> acquireAsync();

  /** See {@link #acquire(int)}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Permit> acquireAsync(int permits);

  /** See {@link #tryAcquire(int, Duration)}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Optional<Permit>> acquireAsync(int permits, Duration wait);

  /**
   * Releases so many permits: first what this session holds here, oldest grant first; the rest is a
   * signal that needs no holding (R1, R5). To give back one particular grant, close its {@link
   * Permit}.
   *
   * <p>What an earlier session of this client lost here, and whose permit nobody closed, comes
   * first of all: it is not released a second time (L3), and the result says so.
   *
   * @throws SignalboxException.TooManyPosts if the count would exceed max; then nothing changes
   *     (R2)
   * @throws SignalboxException.NotHeld if the semaphore is owner-only and this session does not
   *     hold as many (O8)
   */
  ReleaseResult release(int permits) throws InterruptedException;

  /** See {@link #release(int)}. */
  CompletableFuture<ReleaseResult> releaseAsync(int permits);

  /** Takes whatever is available now, as one grant; empty if that is nothing (O7). */
  Optional<Permit> drain() throws InterruptedException;

  /** See {@link #drain()}. */
  CompletableFuture<Optional<Permit>> drainAsync();

  /** The semaphore as it is now, without holders and waiters. */
  SemaphoreInfo info() throws InterruptedException;

  /** The semaphore as it is now, with at most so many holders and so many waiters: 0 to 1000. */
  SemaphoreInfo info(int listed) throws InterruptedException;

  /** As {@link #info(int)}, as fresh as the mode says. */
  SemaphoreInfo info(int listed, ReadMode mode) throws InterruptedException;

  /** See {@link #info(int)}. */
  CompletableFuture<SemaphoreInfo> infoAsync(int listed);

  /** See {@link #info(int, ReadMode)}. */
  CompletableFuture<SemaphoreInfo> infoAsync(int listed, ReadMode mode);

  /**
   * Sets a new max: 0 (closed: waiters stay queued) to 2^31-1. Nobody loses a permit (O6). Takes a
   * handle with all rights.
   */
  SemaphoreInfo resize(int max) throws InterruptedException;

  /** See {@link #resize}. */
  CompletableFuture<SemaphoreInfo> resizeAsync(int max);
}
