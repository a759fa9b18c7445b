package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.RemoteSemaphore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Time that passes, and ends of threads and processes. */
final class LifeOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "Sleep", LifeOps::sleep,
          "thread exits", LifeOps::exit,
          "ExitThread", LifeOps::exit,
          "TerminateThread", LifeOps::terminate,
          "child process acquires, then ends", LifeOps::child);

  private LifeOps() {}

  private static Move sleep(Scene scene, Step step) {
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          TimeUnit.MILLISECONDS.sleep(step.args().number(0, "ms"));
          return Answer.done();
        });
  }

  /** Its session is heard of no more; nobody gives anything back. */
  private static Move exit(Scene scene, Step step) {
    return gone(scene, scene.actor(step.actor()));
  }

  /** It may be waiting: the call that it makes ends with it. */
  private static Move terminate(Scene scene, Step step) {
    return gone(scene, scene.actor(target(step)));
  }

  /** Who is ended. */
  static String target(Step step) {
    return step.args().text(List.of("thread", "target", "actor", "victim"), step.actor());
  }

  private static Move gone(Scene scene, Actor actor) {
    return Move.byHarness(
        session -> {
          actor.vanish(scene);
          return Answer.done();
        },
        actor.session());
  }

  private static Move child(Scene scene, Step step) {
    Args args = step.args();
    return Move.byHarness(
        session -> {
          Handle handle =
              new Handle(
                  ObjectKind.SEMAPHORE,
                  scene.names().of(Objects.requireNonNull(args.text("name"))),
                  Rights.of(null));
          RemoteSemaphore semaphore = session.semaphore(handle);
          int acquired = 0;
          int times = args.number(1, "times");
          while (acquired < times
              && session
                  .client()
                  .acquire(Acquire.of(semaphore, 1).within(Duration.ZERO))
                  .isPresent()) {
            acquired++;
          }
          scene.vanish(session);
          return Answer.done().with("acquired_by_child", acquired);
        },
        scene.session("child-" + step.seq()));
  }
}
