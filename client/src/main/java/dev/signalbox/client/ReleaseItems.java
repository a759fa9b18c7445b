package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItemResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The items of one atomic release, on their way. Those of a lost session are void: they are
 * answered here and never sent (C11).
 */
final class ReleaseItems {
  private final List<ReleaseItem> items;
  private final List<LinkedPermit> marked = new ArrayList<>(0);
  private Release release = Release.getDefaultInstance();
  private boolean[] isVoid = {};

  ReleaseItems(List<ReleaseItem> items) {
    this.items = List.copyOf(items);
  }

  /** From now on the permits that are wholly to be given back do not count as held. */
  ReleaseItems mark() {
    for (ReleaseItem item : items) {
      if (item instanceof ReleaseItem.GiveBack part && part.semaphore().isEmpty()) {
        LinkedPermit permit = LinkedPermit.of(part.permit());
        if (permit.marksReleasing()) {
          marked.add(permit);
        }
      }
    }
    return this;
  }

  /** It was refused: they count again. */
  void unmark() {
    marked.forEach(LinkedPermit::unmarkReleasing);
  }

  /** What is to be sent in this session; without items, nothing is. Network thread. */
  Release.Builder write(Session session) {
    Release.Builder wire = Release.newBuilder();
    isVoid = new boolean[items.size()];
    for (int i = 0; i < items.size(); i++) {
      ReleaseItem item = items.get(i);
      isVoid[i] = isVoid(item, session);
      if (!isVoid[i]) {
        wire.addItems(Wire.item(item));
      }
    }
    release = wire.build();
    return wire;
  }

  private static boolean isVoid(ReleaseItem item, Session session) {
    return item instanceof ReleaseItem.GiveBack part
        && LinkedPermit.of(part.permit()).isVoidIn(session);
  }

  /** Results of the items that were sent, those of the void ones among them. Network thread. */
  List<ReleaseResult> read(List<ReleaseItemResult> results, Session session) {
    session.released(release, results);
    return merged(results);
  }

  /** Results where nothing was sent. */
  List<ReleaseResult> allVoid() {
    return merged(List.of());
  }

  private List<ReleaseResult> merged(List<ReleaseItemResult> results) {
    Iterator<ReleaseItemResult> sent = results.iterator();
    List<ReleaseResult> all = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      all.add(isVoid[i] ? voidResult(items.get(i)) : Wire.result(sent.next()));
    }
    return all;
  }

  private static ReleaseResult voidResult(ReleaseItem item) {
    return LinkedPermit.of(((ReleaseItem.GiveBack) item).permit()).voidResult();
  }
}
