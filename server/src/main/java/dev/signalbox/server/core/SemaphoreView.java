package dev.signalbox.server.core;

import java.util.List;

/**
 * A semaphore as it was at one moment.
 *
 * @param name its name
 * @param config its configuration
 * @param count permits available
 * @param debt permits owed to an earlier, larger {@code max_count} (O6)
 * @param held permits held by all sessions
 * @param waiting acquires in the queue
 * @param abandoned of a mutex: the next owner will be told that the last one vanished (M3)
 * @param holders who holds, in the order in which they came to; only where asked for
 * @param waiters who waits, first in line first; only where asked for
 */
public record SemaphoreView(
    String name,
    SemaphoreConfig config,
    int count,
    long debt,
    long held,
    long waiting,
    boolean abandoned,
    List<Holder> holders,
    List<Waiting> waiters) {

  /**
   * One session's holding.
   *
   * @param session the session's sequence
   * @param clientName its client's name
   * @param permits how many it holds here
   */
  public record Holder(long session, String clientName, long permits) {}

  /**
   * One queued acquire.
   *
   * @param session the session's sequence
   * @param clientName its client's name
   * @param permits how many it wants here
   * @param waitedMicros for how long it has waited
   */
  public record Waiting(long session, String clientName, int permits, long waitedMicros) {}
}
