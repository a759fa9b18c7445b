package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.SemaphoreSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wait functions. */
final class WaitOps {
  static final Map<String, Mapping> ALL =
      Map.of(
          "WaitForSingleObject", WaitOps::single,
          "WaitForSingleObjectEx", WaitOps::single,
          "WaitForMultipleObjects(any)", WaitOps::any,
          "WaitForMultipleObjects(all)", WaitOps::all,
          "WaitForMultipleObjectsEx(any)", WaitOps::any,
          "WaitForMultipleObjectsEx(all)", WaitOps::all,
          "SignalObjectAndWait", WaitOps::signalAndWait,
          "drain (loop of zero-timeout waits)", WaitOps::drain);

  /** What the trace allows a wait to end early. */
  private static final Duration TOLERANCE = Duration.ofMillis(2);

  private WaitOps() {}

  private static Move single(Scene scene, Step step) {
    String handle = step.args().text("handle");
    Job job = session -> answer(session.client().acquire(wait(step, part(scene, session, handle))));
    return wait(scene, step, job).waitingAt(handles(scene, List.of(step.args().handle("handle"))));
  }

  private static Move any(Scene scene, Step step) {
    return wait(
        scene,
        step,
        session -> {
          Acquire acquire = within(Acquire.anyOf(parts(scene, session, step)), step);
          Optional<Permit> permit = session.client().acquire(acquire);
          return permit.isPresent()
              ? answer(permit).with("index", permit.get().choice())
              : answer(permit);
        });
  }

  /** The model's way: it holds up nobody behind it, and may be passed over (A4). */
  private static Move all(Scene scene, Step step) {
    return wait(
        scene,
        step,
        session -> {
          Acquire acquire = within(Acquire.opportunistic(parts(scene, session, step)), step);
          return answer(session.client().acquire(acquire));
        });
  }

  /** A wait for several in which each object is named once; the answer speaks of the mentions. */
  static Move eachOnce(Scene scene, Step step) {
    boolean any = step.op().endsWith("(any)");
    return wait(
        scene,
        step,
        session -> {
          Mentions mentions = Mentions.of(parts(scene, session, step));
          Acquire.Part[] parts = any ? mentions.first() : mentions.summed();
          Acquire acquire = any ? Acquire.anyOf(parts) : Acquire.opportunistic(parts);
          Optional<Permit> permit = session.client().acquire(within(acquire, step));
          return any && permit.isPresent()
              ? answer(permit).with("index", mentions.index(permit.get().choice()))
              : answer(permit);
        });
  }

  private static Move signalAndWait(Scene scene, Step step) {
    String signal = step.args().text("signal");
    String wait = step.args().text("wait");
    Job job =
        session -> {
          Acquire acquire = wait(step, part(scene, session, wait));
          List<ReleaseItem> items = List.of(session.signal(scene.handles().get(signal)));
          return answer(session.client().releaseAndAcquire(items, acquire).permit());
        };
    return wait(scene, step, job).waitingAt(handles(scene, List.of(step.args().handle("wait"))));
  }

  private static Move drain(Scene scene, Step step) {
    int times = step.args().number(1, "times");
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Acquire.Part part = part(scene, session, step.args().text("handle"));
          Acquire atOnce = Acquire.allOf(part).within(Duration.ZERO);
          int acquired = 0;
          boolean got;
          do {
            got = session.client().acquire(atOnce).isPresent();
            acquired += got ? 1 : 0;
          } while (got && acquired < times);
          return Answer.done()
              .with("ok", got)
              .with("acquired", acquired)
              .with("last_wait", got ? Win32.WAIT_OBJECT_0 : Win32.WAIT_TIMEOUT);
        });
  }

  private static Answer answer(Optional<Permit> permit) {
    return permit.map(WaitOps::taken).orElseGet(Answer::timedOut);
  }

  private static Answer taken(Permit permit) {
    return Answer.waited(permit.isAbandoned() ? Win32.WAIT_ABANDONED : Win32.WAIT_OBJECT_0);
  }

  /** A wait by the actor, with what the trace says of every wait: whether it failed, how long. */
  private static Move wait(Scene scene, Step step, Job job) {
    Optional<Duration> timeout = step.args().timeout();
    Job told =
        session -> {
          long begun = System.nanoTime();
          try {
            Answer answer = job.run(session);
            return answer.isTimeout()
                ? answer.with("elapsed_ge_timeout", isOver(timeout, begun))
                : answer;
          } catch (RuntimeException e) {
            return Answer.failed(Win32.code(e)).with("wait", Win32.WAIT_FAILED);
          }
        };
    return Move.by(scene.actor(step.actor()), told)
        .waitingAt(handles(scene, step.args().list("handles")));
  }

  private static boolean isOver(Optional<Duration> timeout, long begun) {
    return timeout.isPresent()
        && System.nanoTime() - begun >= timeout.get().minus(TOLERANCE).toNanos();
  }

  private static Acquire wait(Step step, Acquire.Part part) {
    return within(Acquire.allOf(part), step);
  }

  private static Acquire within(Acquire acquire, Step step) {
    return step.args().timeout().map(acquire::within).orElse(acquire);
  }

  /** The objects, and where the list is to be filled up as many more that are never signalled. */
  private static Acquire.Part[] parts(Scene scene, Session session, Step step)
      throws InterruptedException {
    List<Acquire.Part> parts = new ArrayList<>();
    for (String handle : step.args().list("handles")) {
      parts.add(part(scene, session, handle));
    }
    int fill = step.args().number(0, "fill");
    while (parts.size() < fill) {
      SemaphoreSpec never = SemaphoreSpec.max(1).initial(0);
      parts.add(session.client().semaphores().create(scene.names().fresh(), never).permits(1));
    }
    return parts.toArray(Acquire.Part[]::new);
  }

  private static Acquire.Part part(Scene scene, Session session, @Nullable String handle)
      throws InterruptedException {
    return session.part(scene.handles().get(handle));
  }

  /** Those of the handles that are any. */
  private static List<Handle> handles(Scene scene, List<@Nullable String> names) {
    List<Handle> found = new ArrayList<>();
    for (String name : names) {
      Handle handle = scene.handles().find(name);
      if (handle != null) {
        found.add(handle);
      }
    }
    return found;
  }
}
