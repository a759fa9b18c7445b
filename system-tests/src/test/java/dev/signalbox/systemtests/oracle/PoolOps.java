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
import java.util.function.ObjIntConsumer;

/** Pools, their callbacks and the return of these. */
final class PoolOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "CreateThreadpool", PoolOps::create,
          "SetThreadpoolThreadMaximum", PoolOps::maximum,
          "SetThreadpoolThreadMinimum", PoolOps::minimum,
          "CloseThreadpool", PoolOps::close,
          "TrySubmitThreadpoolCallback", PoolOps::submit,
          "CallbackMayRunLong", PoolOps::mayRunLong,
          "DisassociateCurrentThreadFromCallback", PoolOps::disassociate,
          "callback returns", PoolOps::returns);

  private static final String DEFAULT = "default";
  private static final int DEFAULT_MAXIMUM = 16;
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
          int max = args.number(DEFAULT_MAXIMUM, "max", "maximum");
          int min = Math.min(max, args.number(0, "min", "minimum"));
          var unused = create(scene, name(step), min, max);
          return Answer.done();
        });
  }

  private static Party create(Scene scene, String name, int min, int max) {
    Session session = scene.session(name);
    PoolOptions options = PoolOptions.threads(min, max).listener(SILENT);
    Party party = new Party(session.client().callbackPool(options), session);
    scene.keep(name, party);
    scene.atTheEnd(() -> end(party.pool()));
    return party;
  }

  private static void end(CallbackPool pool) throws InterruptedException {
    var unused = pool.cancelPending();
    if (!pool.close(FAREWELL)) {
      throw new Mismatch("a pool does not end");
    }
  }

  private static Move maximum(Scene scene, Step step) {
    return resize(scene, step, CallbackPool::setMaximumThreads);
  }

  private static Move minimum(Scene scene, Step step) {
    return resize(scene, step, CallbackPool::setMinimumThreads);
  }

  private static Move resize(Scene scene, Step step, ObjIntConsumer<CallbackPool> change) {
    int threads =
        step.args().number(1, "max", "maximum", "min", "minimum", "threads", "count", "n", "value");
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          change.accept(party(scene, step).pool(), threads);
          return Answer.done();
        });
  }

  /** The model's pool goes on until its callbacks are done; ours is closed when the case ends. */
  private static Move close(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          var unused = party(scene, step);
          return Answer.done();
        });
  }

  /** The pool that the step names; the process's own if it names none. */
  static Party party(Scene scene, Step step) {
    Party party = scene.find(name(step), Party.class);
    if (party == null && name(step).equals(DEFAULT)) {
      return create(scene, DEFAULT, 0, DEFAULT_MAXIMUM);
    }
    return scene.kept(name(step), Party.class);
  }

  private static String name(Step step) {
    return step.args().text(List.of("pool"), DEFAULT);
  }

  private static Move submit(Scene scene, Step step) {
    Args args = step.args();
    String name = Objects.requireNonNull(args.text("callback", "as"));
    Party party = party(scene, step);
    CallbackActor callback = new CallbackActor(name, "", party.session(), scene.events());
    if (args.flag("long", "runs_long", "may_run_long")) {
      callback.markLong();
    }
    scene.put(callback);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Optional<CallbackHandle> handle =
              Groups.submitter(scene, party, args, name).trySubmit(callback::run);
          handle.ifPresent(callback::completesWith);
          return handle.isPresent() ? Answer.done() : Answer.failed(Win32.GEN_FAILURE);
        });
  }

  /** One whose environment says that it runs long is told yes; the mark is kept here. */
  private static Move mayRunLong(Scene scene, Step step) {
    CallbackActor callback = ReturnOps.callback(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          boolean own = callback == scene.actor(step.actor());
          if (own && callback.isMarkedLong()) {
            return Answer.done();
          }
          try {
            boolean may = callback.instance().callbackMayRunLong();
            return may ? Answer.done() : Answer.failed(Win32.TOO_MANY_THREADS);
          } catch (IllegalStateException e) {
            return Answer.failed(Win32.GEN_FAILURE);
          }
        });
  }

  private static Move disassociate(Scene scene, Step step) {
    CallbackActor callback = ReturnOps.callback(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          callback.instance().disassociateCurrentThread();
          return Answer.done();
        });
  }

  private static Move returns(Scene scene, Step step) {
    return new Move(scene.callback(step.actor())::returns, List.of());
  }
}
