package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.callback.CallbackInstance;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** What is to happen when a callback returns; registered by itself, or on it by another thread. */
final class ReturnOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "ReleaseSemaphoreWhenCallbackReturns", ReturnOps::release,
          "SetEventWhenCallbackReturns", ReturnOps::setEvent,
          "ReleaseMutexWhenCallbackReturns", ReturnOps::releaseMutex,
          "LeaveCriticalSectionWhenCallbackReturns", ReturnOps::leave,
          "FreeLibraryWhenCallbackReturns", ReturnOps::freeLibrary,
          "InitializeCriticalSection", ReturnOps::section,
          "EnterCriticalSection", ReturnOps::enter,
          "TryEnterCriticalSection", ReturnOps::tryEnter,
          "LeaveCriticalSection", ReturnOps::leaveNow);

  private ReturnOps() {}

  private static Move release(Scene scene, Step step) {
    int permits = step.args().number(1, "count");
    return register(
        scene,
        step,
        ObjectKind.SEMAPHORE,
        permits,
        (callback, session, handle) ->
            callback.releaseSemaphoreWhenCallbackReturns(session.semaphore(handle), permits));
  }

  private static Move setEvent(Scene scene, Step step) {
    return register(
        scene,
        step,
        ObjectKind.EVENT,
        1,
        (callback, session, handle) -> callback.setEventWhenCallbackReturns(session.event(handle)));
  }

  private static Move releaseMutex(Scene scene, Step step) {
    return register(
        scene,
        step,
        ObjectKind.MUTEX,
        1,
        (callback, session, handle) ->
            callback.releaseMutexWhenCallbackReturns(session.mutex(handle)));
  }

  private static Move register(
      Scene scene, Step step, ObjectKind kind, int permits, Intention intention) {
    CallbackActor callback = callback(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          String name = step.args().text("handle");
          Handle handle = scene.handles().get(name, kind);
          boolean accepted = false;
          try {
            intention.register(callback.instance(), callback.session(), handle);
            accepted = true;
          } finally {
            callback.register(
                new Registration(handle, Objects.requireNonNull(name), permits, accepted));
          }
          return Answer.done();
        });
  }

  private static Move leave(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          callback(scene, step).instance().unlockWhenCallbackReturns(lock(scene, step));
          return Answer.done();
        });
  }

  /** The library is something to be closed, which sees what was done before. */
  private static Move freeLibrary(Scene scene, Step step) {
    CallbackActor callback = callback(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          callback
              .instance()
              .closeWhenCallbackReturns(() -> scene.events().add(Events.unloaded(scene.seen())));
          callback.registerLibrary();
          return Answer.done();
        });
  }

  private static Move section(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          var unused = lock(scene, step);
          return Answer.done();
        });
  }

  private static Move enter(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          lock(scene, step).lockInterruptibly();
          return Answer.done();
        });
  }

  private static Move tryEnter(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> Answer.done().with("ok", lock(scene, step).tryLock()));
  }

  private static Move leaveNow(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          lock(scene, step).unlock();
          return Answer.done();
        });
  }

  private static Lock lock(Scene scene, Step step) {
    String name = step.args().text("cs", "section", "critical_section", "handle", "lock");
    return scene.keptOrNew("cs " + name, Lock.class, ReentrantLock::new);
  }

  static CallbackActor callback(Scene scene, Step step) {
    String other = step.args().text("callback", "of", "instance", "on");
    return scene.callback(other == null ? step.actor() : other);
  }

  /** Registers something on a callback, in the name of its pool's session. */
  @FunctionalInterface
  private interface Intention {
    void register(CallbackInstance callback, Session session, Handle handle)
        throws InterruptedException;
  }
}
