package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.callback.CallbackHandle;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Work objects and cleanup groups. */
final class WorkOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "CreateThreadpoolWork", WorkOps::create,
          "SubmitThreadpoolWork", WorkOps::submit,
          "WaitForThreadpoolWorkCallbacks", WorkOps::await,
          "CloseThreadpoolWork", WorkOps::close,
          "CreateThreadpoolCleanupGroup", WorkOps::createGroup,
          "CloseThreadpoolCleanupGroupMembers", WorkOps::closeMembers,
          "CloseThreadpoolCleanupGroup", WorkOps::close);

  private WorkOps() {}

  private static Move create(Scene scene, Step step) {
    Args args = step.args();
    String name = Objects.requireNonNull(args.text("work"));
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Party party = PoolOps.party(scene, step);
          scene.keep(name, new Runs(party.session(), Groups.submitter(scene, party, args, name)));
          return Answer.done();
        });
  }

  private static Move submit(Scene scene, Step step) {
    String work = Objects.requireNonNull(step.args().text("work"));
    String name = Objects.requireNonNull(step.args().text("as", "callback"));
    Runs runs = scene.kept(work, Runs.class);
    CallbackActor callback = new CallbackActor(name, work, runs.session(), scene.events());
    scene.put(callback);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Optional<CallbackHandle> handle = runs.submit(callback);
          return handle.isPresent() ? Answer.done() : Answer.failed(Win32.GEN_FAILURE);
        });
  }

  private static Move await(Scene scene, Step step) {
    boolean cancel = step.args().flag("cancel", "cancel_pending");
    Runs runs = scene.kept(step.args().text("work"), Runs.class);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          runs.work().awaitCallbacks(cancel);
          return Answer.done();
        });
  }

  private static Move createGroup(Scene scene, Step step) {
    String name = Objects.requireNonNull(step.args().text("group"));
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          scene.keep(name, new Groups());
          return Answer.done();
        });
  }

  private static Move closeMembers(Scene scene, Step step) {
    boolean cancel = step.args().flag("cancel", "cancel_pending");
    Groups groups = scene.kept(step.args().text("group"), Groups.class);
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          groups.close(cancel);
          return Answer.done();
        });
  }

  /** With us there is nothing to free: what is under way goes on, as in the model. */
  private static Move close(Scene scene, Step step) {
    return Move.by(scene.actor(step.actor()), session -> Answer.done());
  }
}
