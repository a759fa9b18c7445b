package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.SemaphoreInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the registrations of a callback come to when it returns (C4): all of them, or none if one is
 * refused (C6).
 *
 * @param scene where
 * @param permits signalled in all, by semaphore
 * @param before the semaphores right before
 * @param ownsMutexes whether the mutexes to be released are owned
 */
record Due(
    Scene scene,
    Map<String, Long> permits,
    Map<String, SemaphoreInfo> before,
    boolean ownsMutexes) {
  static Due of(Scene scene, CallbackActor callback) throws InterruptedException {
    Map<String, Long> permits = new TreeMap<>();
    Map<String, SemaphoreInfo> before = new TreeMap<>();
    boolean owns = true;
    for (Registration each : callback.registrations()) {
      String object = each.handle().object();
      if (each.handle().kind() == ObjectKind.SEMAPHORE) {
        permits.merge(object, (long) each.permits(), Long::sum);
        before.put(object, scene.view().info(object, ObjectKind.SEMAPHORE));
      } else if (each.handle().kind() == ObjectKind.MUTEX) {
        owns &= scene.view().owns(callback.session().name(), object);
      }
    }
    return new Due(scene, permits, before, owns);
  }

  /** Why nothing of it is done; empty: all of it is done. */
  String refusal() {
    boolean fits =
        before.values().stream()
            .allMatch(info -> info.count() + permits(info.name()) <= info.max());
    if (!ownsMutexes) {
      return "NOT_HELD_BY_SESSION";
    }
    return fits ? "" : "TOO_MANY_POSTS";
  }

  private long permits(String object) {
    return permits.getOrDefault(object, 0L);
  }

  /** What the handles show afterwards. */
  Map<String, Counts> counts() {
    Map<String, Counts> after = new TreeMap<>();
    scene
        .handles()
        .byName()
        .forEach((name, handle) -> {
          SemaphoreInfo info = before.get(handle.object());
          if (info != null && handle.showsCounts()) {
            after.put(name, new Counts(after(info), info.max()));
          }
        });
    return after;
  }

  private int after(SemaphoreInfo info) {
    long signalled = refusal().isEmpty() ? permits(info.name()) : 0;
    return (int) (info.count() + signalled - Math.min(signalled, info.waiting()));
  }

  /** Takes or gives what is between what came of it and what was recorded. */
  void bringBackTo(Expected recorded) throws InterruptedException {
    for (String object : before.keySet()) {
      scene.bringBack(object, recorded);
    }
  }
}
