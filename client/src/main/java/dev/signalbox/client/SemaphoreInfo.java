package dev.signalbox.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A semaphore, a mutex or an event as it was at one moment.
 *
 * @param name its name
 * @param kind what it was created as
 * @param count permits available; of an event 1 if it was set
 * @param max the most there can be; 0 while closed (O6)
 * @param debt permits that returned permits pay first, after the semaphore shrank (O6)
 * @param held permits held by all sessions
 * @param waiting acquires in its queue
 * @param ownerOnly whether held permits alone can be released (O8)
 * @param numbered whether its permits have slots and epochs (A8)
 * @param manualReset of an event: whether it stays set until it is reset (V3)
 * @param abandoned of a mutex: whether its next owner will be told that the last one vanished (M3)
 * @param refill how permits come back by the clock, if they do (Q1)
 * @param idleTtl how long it may be idle before it is deleted, if it is (O5)
 * @param holders who holds, longest first; empty unless asked for
 * @param waiters who waits, first in line first; empty unless asked for
 */
public record SemaphoreInfo(
    String name,
    ObjectKind kind,
    int count,
    int max,
    long debt,
    long held,
    long waiting,
    boolean ownerOnly,
    boolean numbered,
    boolean manualReset,
    boolean abandoned,
    Optional<Refill> refill,
    Optional<Duration> idleTtl,
    List<Holder> holders,
    List<Waiter> waiters) {

  /** Copies the lists. */
  public SemaphoreInfo {
    holders = List.copyOf(holders);
    waiters = List.copyOf(waiters);
  }

  /**
   * What one session holds here.
   *
   * @param clientName its client's name
   * @param sessionNumber tells sessions of one name apart; not a credential
   * @param permits how many
   */
  public record Holder(String clientName, long sessionNumber, long permits) {}

  /**
   * One acquire in the queue.
   *
   * @param clientName its client's name
   * @param sessionNumber tells sessions of one name apart; not a credential
   * @param permits how many it wants here
   * @param waited for how long already
   */
  public record Waiter(String clientName, long sessionNumber, int permits, Duration waited) {}
}
