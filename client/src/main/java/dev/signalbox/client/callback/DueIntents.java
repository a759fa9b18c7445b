package dev.signalbox.client.callback;

import dev.signalbox.client.ReleaseItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** The intents of a callback that has returned, in the order in which they are due (C4). */
record DueIntents(List<Lock> unlocks, List<ReleaseItem> items, List<AutoCloseable> closings) {
  static final DueIntents NONE = new DueIntents(List.of(), List.of(), List.of());

  /** Of what was registered, in the order of registration, what is due after such a return. */
  static DueIntents of(List<Intent> registered, boolean success) {
    if (registered.isEmpty()) {
      return NONE;
    }
    List<Lock> unlocks = new ArrayList<>(0);
    List<Intent.Networked> networked = new ArrayList<>(registered.size());
    List<AutoCloseable> closings = new ArrayList<>(0);
    for (Intent intent : registered) {
      if (success || !intent.onSuccess()) {
        if (intent instanceof Intent.Unlock unlock) {
          unlocks.add(0, unlock.lock());
        } else if (intent instanceof Intent.Close close) {
          closings.add(0, close.resource());
        } else if (intent instanceof Intent.Networked item) {
          networked.add(item);
        }
      }
    }
    networked.sort(Comparator.comparingInt(Intent.Networked::rank));
    List<ReleaseItem> items = networked.stream().map(Intent.Networked::item).toList();
    return new DueIntents(unlocks, items, closings);
  }
}
