package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What a client's earlier sessions lost and nobody has given back since. The service has recovered
 * it, so a plain release, which names no grant, must not give it back a second time (L3, R5).
 * Thread-safe.
 */
final class Losses {
  private final Map<ByteString, Holding> byId = new HashMap<>();
  private final Map<String, Integer> permits = new HashMap<>();

  /** A session was lost that held these, and had been asked to release those. */
  synchronized void add(Collection<Holding> held, Collection<Release> underWay) {
    held.forEach(this::add);
    underWay.forEach(release -> release.getItemsList().forEach(this::settle));
  }

  private void add(Holding holding) {
    byId.put(holding.grantId(), holding);
    holding.forEachLeft((semaphore, left) -> permits.merge(semaphore, left, Integer::sum));
  }

  private void settle(ReleaseItem item) {
    if (item.hasSignal()) {
      take(item.getSignal().getSemaphore(), item.getSignal().getPermits());
    } else {
      forget(item.getGiveBack().getGrantId());
    }
  }

  /** The holder of a lost grant knows: it asked to give it back. */
  synchronized void forget(ByteString grantId) {
    Holding holding = byId.remove(grantId);
    if (holding != null) {
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
