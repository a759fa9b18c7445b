package dev.signalbox.client;

import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One process's connection to the service: a session with a lease, over one stream (L1). Connects
 * in the background; calls made before wait for it. Thread-safe; meant to live as long as the
 * process.
 *
 * <pre>{@code
 * try (SignalboxClient client = SignalboxClient.builder().target("localhost:7600").build()) {
 *   RemoteSemaphore db = client.semaphores().create("payments/ledger-db", SemaphoreSpec.max(8));
 *   try (Permit permit = db.acquire()) { … }
 * }
 * }</pre>
 */
public interface SignalboxClient extends AutoCloseable {
  /** Starts the making of a client. */
  static SignalboxClientBuilder builder() {
    return new SignalboxClientBuilder();
  }

  /** The semaphores of the service. */
  Semaphores semaphores();

  /** The mutexes of the service (M1 to M4). */
  Mutexes mutexes();

  /** The events of the service (V1 to V5). */
  Events events();

  /** The sessions of the service, for operators. */
  Sessions sessions();

  /** Grants that outlive this client, for a while. */
  StandaloneGrants standaloneGrants();

  /** A pool whose callbacks can have permits released when they return (C1 to C11). */
  default CallbackPool callbackPool(PoolOptions options) {
    return CallbackPool.on(this, options);
  }

  /** Acquires as asked; empty if the time to wait ran out (A2). */
  Optional<Permit> acquire(Acquire acquire) throws InterruptedException;

  /** See {@link #acquire}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Optional<Permit>> acquireAsync(Acquire acquire);

  /**
   * Releases permits and signals in one atomic step: all or nothing, with a result per item, in
   * order (R3). 1 to 256 items in one namespace; none at all is allowed and does nothing.
   *
   * <p>A permit belongs to the session that acquired it. Items for permits of a lost session are
   * void: they are answered as not held and never sent (C11). The other items still are, together.
   *
   * @throws SignalboxException.TooManyPosts if a signal would lift a count above max; nothing
   *     changed
   * @throws SignalboxException.SessionLost if the session was lost before the answer came; a permit
   *     that was to be given back is then gone with it, a signal may or may not have been sent
   */
  List<ReleaseResult> release(List<ReleaseItem> items) throws InterruptedException;

  /** See {@link #release}. */
  CompletableFuture<List<ReleaseResult>> releaseAsync(List<ReleaseItem> items);

  /** Releases, and if that was not refused acquires, in one step (A6). */
  ReleasedAndAcquired releaseAndAcquire(List<ReleaseItem> items, Acquire acquire)
      throws InterruptedException;

  /** See {@link #releaseAndAcquire}. Cancelling the future cancels the acquire, not the release. */
  CompletableFuture<ReleasedAndAcquired> releaseAndAcquireAsync(
      List<ReleaseItem> items, Acquire acquire);

  /**
   * Leaves signals that the service sends if this session expires (L8). A will whose caller was
   * interrupted, or whose future was cancelled, is withdrawn.
   *
   * @throws SignalboxException.QuotaExceeded if the session has left too many (Q3)
   */
  LastWill leaveWill(List<ReleaseItem.Signal> signals) throws InterruptedException;

  /** See {@link #leaveWill}. */
  CompletableFuture<LastWill> leaveWillAsync(List<ReleaseItem.Signal> signals);

  /** How the client stands with the service. */
  ClientState state();

  /** Adds a listener for what happens from now on. */
  void addListener(SessionListener listener);

  /** Removes a listener. */
  void removeListener(SessionListener listener);

  /**
   * Ends the session and gives everything back at once (L6). What was asked for before is still
   * sent; what has not been answered by then fails with {@link SignalboxException.ClientClosed}.
   * Waits for the service's word for at most two seconds; without it the permits go back when the
   * lease runs out. Idempotent. An orderly shutdown of the JVM closes every open client, unless
   * {@linkplain SignalboxClientBuilder#closeAtExit it was told not to}.
   */
  @Override
  void close();
}
