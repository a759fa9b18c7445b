package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import java.util.Map;
import java.util.Objects;

/** What is to happen when a callback returns. */
final class ReturnOps {
  static final Map<String, Mapping> ALL =
      Map.of("ReleaseSemaphoreWhenCallbackReturns", ReturnOps::release);

  private ReturnOps() {}

  /** Registered by the callback itself, or on it by another thread. */
  private static Move release(Scene scene, Step step) {
    Args args = step.args();
    CallbackActor callback = callback(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          String name = args.text("handle");
          Handle handle = scene.handles().get(name, ObjectKind.SEMAPHORE);
          int permits = args.number(1, "count");
          callback
              .instance()
              .releaseSemaphoreWhenCallbackReturns(callback.session().semaphore(handle), permits);
          callback.register(new Registration(handle, Objects.requireNonNull(name), permits));
          return Answer.done();
        });
  }

  static CallbackActor callback(Scene scene, Step step) {
    String other = step.args().text("callback", "of", "instance");
    return scene.callback(other == null ? step.actor() : other);
  }
}
