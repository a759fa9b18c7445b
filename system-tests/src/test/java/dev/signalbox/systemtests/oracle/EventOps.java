package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.EventSpec;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteMutex;
import java.util.Map;

/** Events and mutexes. */
final class EventOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "CreateEvent", EventOps::createEvent,
          "OpenEvent", EventOps::openEvent,
          "SetEvent", EventOps::set,
          "ResetEvent", EventOps::reset,
          "CreateMutex", EventOps::createMutex,
          "OpenMutex", EventOps::openMutex,
          "ReleaseMutex", EventOps::releaseMutex);

  private EventOps() {}

  private static Move createEvent(Scene scene, Step step) {
    Args args = step.args();
    EventSpec reset =
        args.flag("manual", "manual_reset") ? EventSpec.manualReset() : EventSpec.autoReset();
    EventSpec spec =
        args.flag("initial", "initial_state", "set", "signaled", "signalled", "state")
            ? reset.initiallySet()
            : reset;
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Creation creation = Creation.of(scene, args, ObjectKind.EVENT);
          return creation.by(() -> session.client().events().create(creation.object(), spec));
        });
  }

  private static Move openEvent(Scene scene, Step step) {
    return open(scene, step, ObjectKind.EVENT);
  }

  private static Move set(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          session.event(scene.handles().get(step.args().text("handle"), ObjectKind.EVENT)).set();
          return Answer.done();
        });
  }

  private static Move reset(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          session.event(scene.handles().get(step.args().text("handle"), ObjectKind.EVENT)).reset();
          return Answer.done();
        });
  }

  /** The one who creates it may own it at once, unless it was there. */
  private static Move createMutex(Scene scene, Step step) {
    Args args = step.args();
    boolean own = args.flag("owner", "initial_owner", "initial", "owned");
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Creation creation = Creation.of(scene, args, ObjectKind.MUTEX);
          return creation.by(() -> {
            RemoteMutex mutex = session.client().mutexes().create(creation.object());
            if (own && !mutex.alreadyExisted()) {
              Permit unused = mutex.acquire();
            }
            return mutex;
          });
        });
  }

  private static Move openMutex(Scene scene, Step step) {
    return open(scene, step, ObjectKind.MUTEX);
  }

  private static Move open(Scene scene, Step step, ObjectKind kind) {
    return Move.by(
        scene.actor(step.actor()), session -> Opening.of(scene, step.args(), kind).by(session));
  }

  private static Move releaseMutex(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          session
              .mutex(scene.handles().get(step.args().text("handle"), ObjectKind.MUTEX))
              .release();
          return Answer.done();
        });
  }
}
