package dev.signalbox.systemtests.oracle;

import java.util.Map;
import java.util.Objects;

/** Wait objects of a pool. */
final class PoolWaitOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "CreateThreadpoolWait", PoolWaitOps::create,
          "SetThreadpoolWait", PoolWaitOps::set,
          "SetThreadpoolWaitEx", PoolWaitOps::set,
          "WaitForThreadpoolWaitCallbacks", PoolWaitOps::await,
          "CloseThreadpoolWait", PoolWaitOps::close);

  private PoolWaitOps() {}

  private static Move create(Scene scene, Step step) {
    Args args = step.args();
    String name = Objects.requireNonNull(args.text("wait"));
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Party party = PoolOps.party(scene, step);
          scene.keep(
              name,
              new PoolWait(
                  name,
                  scene,
                  party.session(),
                  Groups.submitter(scene, party, args, name),
                  args.text("group")));
          return Answer.done();
        });
  }

  /** The next setting takes the place of the one before. */
  private static Move set(Scene scene, Step step) {
    Args args = step.args();
    PoolWait wait = wait(scene, step);
    String handle = args.text("handle");
    boolean unset = handle == null || handle.equals("NONE") || handle.equals("NULL");
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          boolean wasSet = wait.unset();
          if (!unset) {
            wait.set(scene.handles().get(handle), args.timeout(), args.text("as", "callback"));
          }
          Answer done = Answer.done();
          return step.op().endsWith("Ex") ? done.with("ok", wasSet) : done;
        });
  }

  private static Move await(Scene scene, Step step) {
    boolean cancel = step.args().flag("cancel", "cancel_pending");
    PoolWait wait = wait(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          wait.awaitCallbacks(cancel);
          return Answer.done();
        });
  }

  private static Move close(Scene scene, Step step) {
    PoolWait wait = wait(scene, step);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          var unused = wait.unset();
          return Answer.done();
        });
  }

  static PoolWait wait(Scene scene, Step step) {
    return scene.kept(step.args().text("wait"), PoolWait.class);
  }
}
