package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolListener;
import dev.signalbox.client.callback.PoolOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Pools and their callbacks. */
final class PoolOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "CreateThreadpool", PoolOps::create,
          "SetThreadpoolThreadMaximum", PoolOps::maximum,
          "SetThreadpoolThreadMinimum", PoolOps::minimum,
          "CloseThreadpool", PoolOps::nothing,
          "TrySubmitThreadpoolCallback", PoolOps::submit,
          "callback returns", PoolOps::returns);

  private static final Duration FAREWELL = Duration.ofSeconds(20);

  /** What it would hear of is compared. */
  private static final PoolListener SILENT =
      new PoolListener() {
        @Override
        public void callbackThrew(CallbackHandle callback, Throwable thrown) {}

        @Override
        public void intentFailed(CallbackHandle callback, Throwable failure) {}
      };

  private PoolOps() {}

  private static Move create(Scene scene, Step step) {
    Args args = step.args();
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          create(scene, args.text(List.of("pool"), "default"), args);
          return Answer.done();
        });
  }

  private static CallbackPool create(Scene scene, String name, Args args) {
    int max = args.number(16, "max", "maximum");
    PoolOptions options =
        PoolOptions.threads(Math.min(max, args.number(0, "min", "minimum")), max).listener(SILENT);
    CallbackPool pool = scene.session(name).client().callbackPool(options);
    scene.keep(name, pool);
    scene.atTheEnd(() -> end(pool));
    return pool;
  }

  private static void end(CallbackPool pool) throws InterruptedException {
    pool.cancelPending();
    if (!pool.close(FAREWELL)) {
      throw new AssertionError("a pool does not end");
    }
  }

  private static Move maximum(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          pool(scene, step).setMaximumThreads(number(step));
          return Answer.done();
        });
  }

  private static Move minimum(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          pool(scene, step).setMinimumThreads(number(step));
          return Answer.done();
        });
  }

  private static int number(Step step) {
    return step.args().number(1, "max", "maximum", "min", "minimum", "threads", "count", "n");
  }

  /** The pool that the step names; the process's own if it names none. */
  static CallbackPool pool(Scene scene, Step step) {
    String name = poolName(step);
    CallbackPool pool = scene.find(name, CallbackPool.class);
    return pool == null && name.equals("default")
        ? create(scene, name, step.args())
        : scene.kept(name, CallbackPool.class);
  }

  static String poolName(Step step) {
    return step.args().text(List.of("pool"), "default");
  }

  private static Move submit(Scene scene, Step step) {
    String name = Objects.requireNonNull(step.args().text("callback", "as"));
    CallbackPool pool = pool(scene, step);
    CallbackActor callback =
        new CallbackActor(name, "", scene.session(poolName(step)), scene.events());
    scene.put(callback);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Optional<CallbackHandle> handle = pool.trySubmit(callback::run);
          handle.ifPresent(one -> watch(one, callback));
          return handle.isPresent() ? Answer.done() : Answer.failed(Win32.GEN_FAILURE);
        });
  }

  static void watch(CallbackHandle handle, CallbackActor callback) {
    var unused = handle.completion().whenComplete((done, failure) -> callback.completed(failure));
  }

  private static Move returns(Scene scene, Step step) {
    CallbackActor callback = scene.callback(step.actor());
    return new Move(callback::returns, List.of());
  }

  private static Move nothing(Scene scene, Step step) {
    return new Move(() -> CompletableFuture.completedFuture(Answer.done()), List.of());
  }
}
