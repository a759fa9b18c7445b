package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.GiveBack;
import dev.signalbox.v1.NotHeldReason;
import dev.signalbox.v1.Recall;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.ReleaseItemResult;
import dev.signalbox.v1.Signal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session holds: a mirror of the server's own record, exact because replies and recalls
 * arrive in the order in which they came about. So it also follows plain releases, which name no
 * grant (R5). Network thread.
 */
final class Holdings {
  private final HeldGrants grants = new HeldGrants();

  /** Oldest first; made when the first plain release needs it. */
  private @Nullable Map<String, Set<Holding>> bySemaphore;

  void add(Holding holding) {
    grants.add(holding);
    if (bySemaphore != null) {
      index(bySemaphore, holding);
    }
  }

  int size() {
    return grants.size();
  }

  /** A release was answered. */
  void released(Release release, List<ReleaseItemResult> results) {
    for (int i = 0; i < results.size(); i++) {
      ReleaseItem item = release.getItems(i);
      if (item.hasGiveBack()) {
        givenBack(item.getGiveBack(), results.get(i).getReleased());
      } else {
        signalled(item.getSignal());
      }
    }
  }

  private void givenBack(GiveBack item, boolean released) {
    Holding holding = grants.get(GrantId.of(item.getGrantId()));
    if (holding == null) {
      return;
    }
    if (item.getSemaphore().isEmpty()) {
      givenBack(holding);
    } else if (released) {
      holding.take(item.getSemaphore(), permits(item));
      returnIfEmpty(holding);
    }
  }

  /** The whole of it was given back, or was not held any more. */
  void givenBack(Holding holding) {
    if (remove(holding)) {
      holding.returned();
    }
  }

  private static int permits(GiveBack item) {
    if (item.getSlotsCount() > 0) {
      return item.getSlotsCount();
    }
    return item.getPermits() == 0 ? Integer.MAX_VALUE : item.getPermits();
  }

  private void signalled(Signal signal) {
    if (grants.isEmpty()) {
      return;
    }
    Map<String, Set<Holding>> index = indexed();
    String semaphore = signal.getSemaphore();
    int due = signal.getPermits();
    for (Set<Holding> here = index.get(semaphore); due > 0 && here != null; ) {
      Holding oldest = here.iterator().next();
      due -= oldest.take(semaphore, due);
      if (due > 0) {
        unindex(index, semaphore, oldest);
      }
      returnIfEmpty(oldest);
      here = index.get(semaphore);
    }
  }

  /** The server took a grant or a part of one back. */
  void recalled(Recall recall) {
    Holding holding = grants.get(GrantId.of(recall.getGrantId()));
    if (holding == null) {
      return;
    }
    if (!recall.getSemaphore().isEmpty()) {
      holding.take(recall.getSemaphore(), Integer.MAX_VALUE);
    }
    boolean wholly = recall.getSemaphore().isEmpty() || holding.isEmpty();
    if (wholly) {
      remove(holding);
    }
    holding.lost(recall.getReason(), wholly);
  }

  /** Somebody lacks permits of a credit (K2). */
  void creditRecalled(ByteString grantId) {
    Holding holding = grants.get(GrantId.of(grantId));
    if (holding != null) {
      holding.creditRecalled();
    }
  }

  /**
   * Only these are still held, says the server after a resume.
   *
   * @param ids of 16 bytes, one after the other
   * @param underWay releases that are not answered: what they may have given back is not lost,
   *     their answers will say what became of it
   */
  void retain(ByteString ids, Collection<Release> underWay) {
    Set<Object> held = new HashSet<>();
    for (int at = 0; at + GrantId.BYTES <= ids.size(); at += GrantId.BYTES) {
      held.add(GrantId.of(ids.substring(at, at + GrantId.BYTES)));
    }
    underWay.forEach(release -> release.getItemsList().forEach(item -> held.add(named(item))));
    for (Holding holding : grants.inOrder()) {
      if (!held.contains(holding.grantId())
          && holding.byNumber().stream().noneMatch(held::contains)) {
        remove(holding);
        holding.lost(NotHeldReason.NOT_HELD_REASON_UNSPECIFIED, true);
      }
    }
  }

  private static Object named(ReleaseItem item) {
    return item.hasSignal()
        ? item.getSignal().getSemaphore()
        : GrantId.of(item.getGiveBack().getGrantId());
  }

  /** Everything that is held, the oldest first. */
  List<Holding> all() {
    return grants.inOrder();
  }

  /** The session is gone. */
  void loseAll() {
    List<Holding> all = grants.inOrder();
    clear();
    all.forEach(holding -> holding.lost(NotHeldReason.NOT_HELD_REASON_SESSION_ENDED, true));
  }

  void clear() {
    grants.clear();
    bySemaphore = null;
  }

  private void returnIfEmpty(Holding holding) {
    if (holding.isEmpty()) {
      givenBack(holding);
    }
  }

  private boolean remove(Holding holding) {
    boolean held = grants.remove(holding);
    if (held && bySemaphore != null) {
      for (String semaphore : holding.byNumber()) {
        unindex(bySemaphore, semaphore, holding);
      }
    }
    return held;
  }

  private Map<String, Set<Holding>> indexed() {
    Map<String, Set<Holding>> index = bySemaphore;
    if (index == null) {
      index = new HashMap<>();
      for (Holding holding : grants.inOrder()) {
        index(index, holding);
      }
      bySemaphore = index;
    }
    return index;
  }

  private static void index(Map<String, Set<Holding>> index, Holding holding) {
    for (String semaphore : holding.byNumber()) {
      index.computeIfAbsent(semaphore, name -> new LinkedHashSet<>()).add(holding);
    }
  }

  private static void unindex(Map<String, Set<Holding>> index, String semaphore, Holding holding) {
    Set<Holding> here = index.get(semaphore);
    if (here != null && here.remove(holding) && here.isEmpty()) {
      index.remove(semaphore);
    }
  }
}
