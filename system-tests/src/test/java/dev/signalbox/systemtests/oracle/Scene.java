package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that a case has: its namespace, handles, parties, pools and callbacks. */
final class Scene {
  private final int port;
  private final String namespace;
  private final View view;
  private final Names names;
  private final Handles handles = new Handles();
  private final Events events = new Events();
  private final Map<String, Session> sessions = new ConcurrentSkipListMap<>();
  private final Map<String, ThreadActor> threads = new ConcurrentSkipListMap<>();
  private final Map<String, CallbackActor> callbacks = new ConcurrentSkipListMap<>();
  private final Map<String, Object> things = new ConcurrentHashMap<>();
  private final List<Session> vanished = new ArrayList<>();
  private final List<Change.Undo> endings = new ArrayList<>();

  Scene(int port, String namespace, View view) {
    this.port = port;
    this.namespace = namespace;
    this.view = view;
    this.names = new Names(namespace);
  }

  String namespace() {
    return namespace;
  }

  View view() {
    return view;
  }

  Names names() {
    return names;
  }

  Handles handles() {
    return handles;
  }

  Events events() {
    return events;
  }

  /** The actor of this name: a callback if one was submitted under it, else a thread. */
  Actor actor(String name) {
    CallbackActor callback = callbacks.get(name);
    return callback != null
        ? callback
        : threads.computeIfAbsent(name, one -> new ThreadActor(session(one)));
  }

  Session session(String name) {
    return sessions.computeIfAbsent(name, one -> Session.to(port, one));
  }

  /** A callback that is about to be submitted. */
  void put(CallbackActor callback) {
    callbacks.put(callback.name(), callback);
  }

  /** The callback of this name. */
  CallbackActor callback(@Nullable String name) {
    CallbackActor callback = name == null ? null : callbacks.get(name);
    if (callback == null) {
      throw new UnsupportedOperationException("no callback " + name);
    }
    return callback;
  }

  /** Keeps something that later steps name: a pool, a group, a work object, a lock. */
  void keep(String name, Object thing) {
    things.put(name, thing);
  }

  /** What was kept under a name. */
  <T> T kept(@Nullable String name, Class<T> type) {
    Object thing = name == null ? null : things.get(name);
    if (thing == null) {
      throw new Win32Error(Win32.INVALID_HANDLE);
    }
    return type.cast(thing);
  }

  /** What was kept under a name; null if nothing was. */
  <T> @Nullable T find(@Nullable String name, Class<T> type) {
    Object thing = name == null ? null : things.get(name);
    return type.isInstance(thing) ? type.cast(thing) : null;
  }

  /** All of a kind that was kept. */
  <T> List<T> all(Class<T> type) {
    return things.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** What was kept under a name; something new if nothing was. */
  <T> T keptOrNew(String name, Class<T> type, Supplier<? extends T> maker) {
    return type.cast(things.computeIfAbsent(name, none -> maker.get()));
  }

  /**
   * What everything that there is a handle for looks like, as a library sees it that is unloaded.
   */
  String seen() throws InterruptedException {
    Map<String, String> seen = new TreeMap<>();
    for (Map.Entry<String, Handle> each : handles.byName().entrySet()) {
      Handle handle = each.getValue();
      if (handle.kind() != ObjectKind.MUTEX) {
        int count = view.info(handle.object(), handle.kind()).count();
        seen.put(each.getKey(), Events.state(handle.kind(), count));
      }
    }
    return seen.toString();
  }

  /** A party is gone without a word. */
  void vanish(Session session) {
    session.vanish();
    vanished.add(session);
  }

  /** Something of a party is gone that has no session of its own; the party goes on. */
  void vanishWithout(Session session) {
    vanished.add(session);
  }

  List<Session> vanished() {
    return List.copyOf(vanished);
  }

  /** What the handles show that may show counts. */
  Map<String, Counts> counts() throws InterruptedException {
    Map<String, Counts> counts = new TreeMap<>();
    for (Map.Entry<String, Handle> each : handles.byName().entrySet()) {
      if (each.getValue().showsCounts()) {
        counts.put(each.getKey(), view.counts(each.getValue().object()));
      }
    }
    return counts;
  }

  /** Takes or gives what an object counts more or less than was recorded. */
  void bringBack(String object, Expected recorded) throws InterruptedException {
    for (Map.Entry<String, Handle> each : handles.byName().entrySet()) {
      Counts shown = recorded.counts() == null ? null : recorded.counts().get(each.getKey());
      if (shown != null && each.getValue().object().equals(object)) {
        view.bring(object, shown.current());
      }
    }
  }

  /** An object is gone, and the handle on it, if there is one. */
  void forget(@Nullable String handle, String object) throws InterruptedException {
    Handle opened = handles.find(handle);
    if (opened != null && opened.object().equals(object)) {
      handles.close(handle);
    }
    view.delete(object);
  }

  /** To be done in the end, when the callbacks were ended and before the clients are closed. */
  void atTheEnd(Change.Undo ending) {
    endings.add(ending);
  }

  /** Ends everything, wherever it is. */
  void end() throws InterruptedException {
    vanished.forEach(Session::expire);
    threads.values().forEach(Actor::end);
    callbacks.values().forEach(Actor::end);
    for (Change.Undo ending : endings) {
      ending.run();
    }
    sessions.values().parallelStream().forEach(Session::close);
  }
}
