package dev.signalbox.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Grants with a session of their own, which outlive the client that asked for them: for scripts and
 * other callers that come and go. Nobody watches over one. It ends when its lease runs out, unless
 * it is renewed before, and its holder is not told. Thread-safe.
 *
 * <p>It is given back by its id, from anywhere: {@link ReleaseItem#giveBack(String)} (R4).
 */
public interface StandaloneGrants {
  /**
   * Acquires as asked; empty if the time to wait ran out (A2).
   *
   * @param lease how long the grant lives without a {@link #renew}: 1 s to 10 min
   * @throws SignalboxException.Unavailable if the connection broke meanwhile, with the conclusion
   *     {@link SignalboxException.Conclusion#UNKNOWN}: then, unless it was to be consumed, it may
   *     have been granted to nobody for as long as its lease
   */
  Optional<StandaloneGrant> acquire(Acquire acquire, Duration lease) throws InterruptedException;

  /** See {@link #acquire}. Cancelling the future cancels the acquire (A7). */
  CompletableFuture<Optional<StandaloneGrant>> acquireAsync(Acquire acquire, Duration lease);

  /**
   * Begins the lease of a grant anew.
   *
   * @return the lease, counted from no earlier than this call
   * @throws SignalboxException.SessionLost if the grant has ended
   * @throws SignalboxException.InvalidArgument if it is no id of a grant
   */
  Duration renew(String grantId) throws InterruptedException;

  /** See {@link #renew}. */
  CompletableFuture<Duration> renewAsync(String grantId);
}
