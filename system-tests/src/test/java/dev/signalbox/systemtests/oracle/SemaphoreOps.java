package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.ReleaseResult;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SemaphoreSpec;
import java.util.Map;

/** Create, open, close, release and query. */
final class SemaphoreOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "CreateSemaphore", SemaphoreOps::create,
          "CreateSemaphoreEx", SemaphoreOps::create,
          "OpenSemaphore", SemaphoreOps::open,
          "CloseHandle", SemaphoreOps::close,
          "DuplicateHandle", SemaphoreOps::duplicate,
          "ReleaseSemaphore", SemaphoreOps::release,
          "NtQuerySemaphore", SemaphoreOps::query);

  private SemaphoreOps() {}

  private static Move create(Scene scene, Step step) {
    Args args = step.args();
    SemaphoreSpec spec =
        SemaphoreSpec.max(args.number(1, "maximum")).initial(args.number(0, "initial"));
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Creation creation = Creation.of(scene, args, ObjectKind.SEMAPHORE);
          return creation.by(() -> session.client().semaphores().create(creation.object(), spec));
        });
  }

  private static Move open(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> Opening.of(scene, step.args(), ObjectKind.SEMAPHORE).by(session));
  }

  private static Move close(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          scene.handles().close(step.args().text("handle"));
          return Answer.done();
        });
  }

  private static Move duplicate(Scene scene, Step step) {
    Args args = step.args();
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Handle handle = scene.handles().get(args.text("handle", "source"));
          scene.handles().put(args.text("as", "target", "duplicate", "new"), handle);
          return Answer.done();
        });
  }

  private static Move release(Scene scene, Step step) {
    Args args = step.args();
    boolean asked = !"NULL".equals(args.text("previous_pointer"));
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          try {
            ReleaseResult result = release(scene, args, session);
            Answer done = Answer.done();
            return asked
                ? done.with("previous", result.previousCount())
                : done.withNull("previous");
          } catch (RuntimeException e) {
            Answer failed = Answer.failed(Win32.code(e));
            return asked ? failed.with("previous", "unchanged") : failed.withNull("previous");
          }
        });
  }

  /** The number is judged before the handle, as with us before the name (R1). */
  private static ReleaseResult release(Scene scene, Args args, Session session)
      throws InterruptedException {
    int permits = args.number(1, "count");
    String handle = args.text("handle");
    if (permits < 1 && scene.handles().find(handle) == null) {
      throw new Win32Error(Win32.INVALID_PARAMETER);
    }
    return session.semaphore(scene.handles().get(handle, ObjectKind.SEMAPHORE)).release(permits);
  }

  private static Move query(Scene scene, Step step) {
    String name = step.args().text("handle");
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          try {
            Handle handle = scene.handles().get(name, ObjectKind.SEMAPHORE);
            SemaphoreInfo info = session.semaphore(handle).info();
            return Answer.done().with("current", info.count()).with("maximum", info.max());
          } catch (RuntimeException e) {
            boolean otherType = scene.handles().find(name) != null;
            return Answer.failed(0).with("ntstatus", Win32.status(Win32.code(e), otherType));
          }
        });
  }
}
