package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.SemaphoreInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the registrations of a callback come to when it returns, with us and in the model.
 *
 * @param scene where
 * @param registrations in order, those included that our pool did not take
 * @param before what the semaphores and events among them were right before
 * @param owned the mutexes among them that the callback's session owns
 */
record Due(
    Scene scene,
    List<Registration> registrations,
    Map<String, SemaphoreInfo> before,
    Set<String> owned) {
  static Due of(Scene scene, CallbackActor callback) throws InterruptedException {
    Map<String, SemaphoreInfo> before = new TreeMap<>();
    Set<String> owned = new TreeSet<>();
    for (Registration each : callback.registrations()) {
      before.put(each.object(), scene.view().info(each.object(), each.kind()));
      if (each.kind() == ObjectKind.MUTEX
          && scene.view().owns(callback.session().name(), each.object())) {
        owned.add(each.object());
      }
    }
    return new Due(scene, callback.registrations(), before, owned);
  }

  /** Why nothing of it is done; empty: all of it is done (C4). */
  String refusal() {
    Returned all = all();
    if (!owned.containsAll(all.released())) {
      return "NOT_HELD_BY_SESSION";
    }
    boolean fits =
        all.signalled().entrySet().stream().allMatch(each -> fits(each.getKey(), each.getValue()));
    return fits ? "" : "TOO_MANY_POSTS";
  }

  private boolean fits(String semaphore, long permits) {
    SemaphoreInfo info = info(semaphore);
    return info.count() + permits <= info.max();
  }

  private SemaphoreInfo info(String object) {
    SemaphoreInfo info = before.get(object);
    if (info == null) {
      throw new IllegalArgumentException(object);
    }
    return info;
  }

  private Returned all() {
    Returned all = Returned.nothing();
    for (Registration each : registrations) {
      if (each.accepted()) {
        switch (each.kind()) {
          case MUTEX -> all.released().add(each.object());
          case EVENT -> all.set().add(each.object());
          case SEMAPHORE -> all.signalled().merge(each.object(), (long) each.permits(), Long::sum);
        }
      }
    }
    return all;
  }

  /** All at once; if that is refused, mutexes that are owned are released all the same (C6). */
  Returned ours() {
    Returned all = all();
    if (refusal().isEmpty()) {
      return all;
    }
    Returned rest = Returned.nothing();
    rest.released().addAll(all.released());
    rest.released().retainAll(owned);
    return rest;
  }

  /** The first of each kind, one kind after the other, until one fails. */
  Returned inTheModel() {
    Returned done = Returned.nothing();
    boolean goesOn = true;
    for (ObjectKind kind : List.of(ObjectKind.MUTEX, ObjectKind.SEMAPHORE, ObjectKind.EVENT)) {
      Registration first =
          registrations.stream().filter(each -> each.kind() == kind).findFirst().orElse(null);
      goesOn = goesOn && (first == null || doInTheModel(first, done));
    }
    return done;
  }

  private boolean doInTheModel(Registration first, Returned done) {
    if (!first.isOpen(scene.handles())) {
      return false;
    }
    return switch (first.kind()) {
      case MUTEX -> owned.contains(first.object()) && done.released().add(first.object());
      case EVENT -> done.set().add(first.object());
      case SEMAPHORE -> signalInTheModel(first, done);
    };
  }

  private boolean signalInTheModel(Registration first, Returned done) {
    boolean able =
        first.maySignal() && first.permits() >= 0 && fits(first.object(), first.permits());
    if (able && first.permits() > 0) {
      done.signalled().put(first.object(), (long) first.permits());
    }
    return able;
  }

  /** What the handles show afterwards. */
  Map<String, Counts> counts() {
    Map<String, Long> signalled = ours().signalled();
    Map<String, Counts> after = new TreeMap<>();
    scene
        .handles()
        .byName()
        .forEach((name, handle) -> {
          SemaphoreInfo info = before.get(handle.object());
          if (info != null && handle.showsCounts()) {
            long permits = signalled.getOrDefault(info.name(), 0L);
            long left = info.count() + permits - Math.min(permits, info.waiting());
            after.put(name, new Counts((int) left, info.max()));
          }
        });
    return after;
  }

  /** Takes back what the model would not have done. */
  void bringBackTo(Expected recorded, Session session) throws InterruptedException {
    Returned ours = ours();
    Returned model = inTheModel();
    for (String event : Returned.beyond(ours.set(), model.set())) {
      if (info(event).count() == 0) {
        var unused = scene.view().client().events().open(event).reset();
      }
    }
    for (String mutex : Returned.beyond(ours.released(), model.released())) {
      var unused = session.client().mutexes().open(mutex).tryAcquire();
    }
    for (String object : before.keySet()) {
      scene.bringBack(object, recorded);
    }
  }
}
