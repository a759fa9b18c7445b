package dev.signalbox.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What one satisfied acquire gave: permits of one or more semaphores, held by the client's session
 * until they are given back or lost (A8). Thread-safe.
 *
 * <p>A permit whose acquire consumed everything (A9, Q1) is a receipt: it was never held, and
 * giving it back does nothing.
 */
public interface Permit extends AutoCloseable {
  /**
   * Opaque and unguessable: whoever has it can give the permit back (R4). Empty for a mere receipt.
   * Of a permit from credit it is of no use to others: such a one cannot be handed on (K3).
   */
  String id();

  /** How many permits were granted, over all semaphores. */
  int permits();

  /** What was granted, in the order of the acquire's parts. */
  List<GrantedPart> parts();

  /** The name of the semaphore; of several, the first. */
  String semaphore();

  /** Index of the acquire's part that was served; of interest after an any-of (A5), else 0. */
  int choice();

  /**
   * Whether an earlier owner of a mutex in it ended without releasing it: what the mutex guards may
   * be half done (M3). Told once, to the next owner; {@link #parts} says of which mutex.
   */
  boolean isAbandoned();

  /**
   * When it was granted, in microseconds of the service's own time: for ordering, not a clock. Of a
   * permit from credit: when the credit was.
   */
  long grantedAtMicros();

  /**
   * Whether everything that was granted and not given back is still held. A pure look at the clock,
   * no round trip: it turns false before the service can give the permits to anybody else (L4),
   * also in a process that was suspended.
   */
  boolean isHeld();

  /**
   * Throws if {@link #isHeld} is false: to be called right before an act that only a holder may do.
   *
   * @throws SignalboxException.SessionLost if the session was lost
   * @throws SignalboxException.GrantExpired if the permit was taken back or given back
   */
  void ensureHeld();

  /**
   * Calls the listener once if permits of this grant are lost, that is: no longer held although
   * nobody here gave them back. At once if that has happened already; never if everything was given
   * back. Called on the thread of {@link SessionListener}.
   */
  void onLost(Consumer<LossReason> listener);

  /**
   * Gives everything back and waits for the answer: when it returns, the service has the permits,
   * as safely as it keeps anything (E2), and the result says what the count was. An interrupt ends
   * the waiting, not the release. Idempotent (R4). A permit from credit mostly goes back to it,
   * which is no release at the service: the result then knows no previous count.
   */
  ReleaseResult release() throws InterruptedException;

  /**
   * Gives back so many permits of a grant over one semaphore, and waits for the answer. Of a permit
   * from credit: all or none (K3).
   */
  ReleaseResult release(int permits) throws InterruptedException;

  /**
   * Gives everything back, as {@link #close} does; the future is completed with the answer.
   * Idempotent (R4).
   */
  CompletableFuture<ReleaseResult> closeAsync();

  /**
   * Gives everything back without waiting for the answer. From here on it counts as returned: it is
   * no longer {@linkplain #isHeld held}, and the service carries the release out before whatever
   * this client acquires or releases later. Others get the permits when it has reached the service,
   * which may take a reconnect (L5). Half of the time of {@link #release}, for those who need no
   * answer.
   *
   * <p>Idempotent; never fails: should the release not reach the service, the permits go back with
   * the session at the latest.
   */
  @Override
  void close();
}
