package dev.signalbox.client.internal;

import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client's earlier sessions lost and nobody has given back since, as a number for each
 * semaphore. The service has recovered it, so a plain release, which names no grant, must not give
 * it back a second time (L3, R5). Thread-safe.
 */
final class Losses {
  private final Map<String, Integer> permits = new HashMap<>();

  /** A session was lost that held these, and had been asked to release those. */
  synchronized void add(Collection<Holding> held, Collection<Release> underWay) {
    Map<GrantId, Holding> byId = new HashMap<>();
    for (Holding holding : held) {
      byId.put(holding.grantId(), holding);
      add(holding);
    }
    for (Release release : underWay) {
      release.getItemsList().forEach(item -> settle(item, byId));
    }
  }

  private void add(Holding holding) {
    holding.lossUnsettled = true;
    holding.forEachLeft((semaphore, left) -> permits.merge(semaphore, left, Integer::sum));
  }

  private void settle(ReleaseItem item, Map<GrantId, Holding> byId) {
    if (item.hasSignal()) {
      take(item.getSignal().getSemaphore(), item.getSignal().getPermits());
    } else {
      forget(byId.get(GrantId.of(item.getGiveBack().getGrantId())));
    }
  }

  /** The holder of a lost grant knows: it asked to give it back. */
  synchronized void forget(@Nullable Holding holding) {
    if (holding != null && holding.lossUnsettled) {
      holding.lossUnsettled = false;
      holding.forEachLeft(this::take);
    }
  }

  /** Of a plain release of so many permits, how many of them were lost. */
  synchronized int take(String semaphore, int atMost) {
    int lost = permits.getOrDefault(semaphore, 0);
    int taken = Math.min(lost, atMost);
    if (taken == lost) {
      permits.remove(semaphore);
    } else {
      permits.put(semaphore, lost - taken);
    }
    return taken;
  }

  /** The release that took them was refused. */
  synchronized void putBack(String semaphore, int taken) {
    permits.merge(semaphore, taken, Integer::sum);
  }
}
