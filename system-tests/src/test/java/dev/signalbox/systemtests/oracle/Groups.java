package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.CallbackSubmitter;
import dev.signalbox.client.callback.CleanupGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cleanup group of the model. One of ours belongs to a pool and is closed for good, so this has
 * one for each pool, and new ones after a close. Thread-safe.
 */
final class Groups {
  private final Map<CallbackPool, CleanupGroup> groups = new LinkedHashMap<>();

  /** Where the step submits to: its group, if it names one, else the pool. */
  static CallbackSubmitter submitter(Scene scene, Party party, Args args, String object) {
    String group = args.text("group");
    return group == null
        ? party.pool()
        : scene
            .kept(group, Groups.class)
            .of(party.pool())
            .onCancel(() -> scene.events().add(Events.cancelled(object)));
  }

  private synchronized CleanupGroup of(CallbackPool pool) {
    return groups.computeIfAbsent(pool, CallbackPool::cleanupGroup);
  }

  /** Ends all members, as ours do; waits for those that run. */
  void close(boolean cancelPending) throws InterruptedException {
    for (CleanupGroup group : takeAll()) {
      var unused = group.close(cancelPending, Patience.FOR_EVER);
    }
  }

  private synchronized List<CleanupGroup> takeAll() {
    List<CleanupGroup> all = new ArrayList<>(groups.values());
    groups.clear();
    return all;
  }
}
