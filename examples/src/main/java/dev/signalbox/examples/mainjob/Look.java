package dev.signalbox.examples.mainjob;

import dev.signalbox.client.SemaphoreInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * The semaphore at one moment, as the service sees it.
 *
 * @param count permits available
 * @param max permits in all
 * @param held permits held, over all sessions
 * @param waiting acquires in the queue
 * @param holding permits held, by client name
 * @param queued permits waited for, by client name
 */
record Look(
    int count,
    int max,
    long held,
    long waiting,
    Map<String, Long> holding,
    Map<String, Long> queued) {

  /** Takes what matters here from the SDK's view. */
  static Look of(SemaphoreInfo info) {
    Map<String, Long> holding = new TreeMap<>();
    info.holders().forEach(h -> holding.merge(h.clientName(), h.permits(), Long::sum));
    Map<String, Long> queued = new TreeMap<>();
    info.waiters().forEach(w -> queued.merge(w.clientName(), (long) w.permits(), Long::sum));
    return new Look(info.count(), info.max(), info.held(), info.waiting(), holding, queued);
  }

  long heldBy(String client) {
    return holding.getOrDefault(client, 0L);
  }

  long waitedForBy(String client) {
    return queued.getOrDefault(client, 0L);
  }

  /** Every permit is back and nobody waits. */
  boolean isAtRest() {
    return count == max && held == 0 && waiting == 0;
  }
}
