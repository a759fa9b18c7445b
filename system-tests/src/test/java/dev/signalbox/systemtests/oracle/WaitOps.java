package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.Acquire;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.client.Permit;
import dev.signalbox.client.ReleaseItem;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  private WaitOps() {}

  private static Move single(Scene scene, Step step) {
    String handle = step.args().text("handle");
    return wait(
            scene,
            step,
            List.of(),
            session -> {
              Acquire.Part part = part(scene, session, handle);
              return session.client().acquire(within(Acquire.allOf(part), step)).isPresent()
                  ? Answer.waited(Win32.WAIT_OBJECT_0)
                  : Answer.timedOut();
            })
        .waitingAt(handles(scene, List.of(handle == null ? "" : handle)));
  }

  private static Move any(Scene scene, Step step) {
    List<@Nullable String> handles = step.args().list("handles");
    return wait(
        scene,
        step,
        handles,
        session -> {
          Acquire acquire = within(Acquire.anyOf(parts(scene, session, step)), step);
          return session
              .client()
              .acquire(acquire)
              .map(permit -> Answer.waited(Win32.WAIT_OBJECT_0).with("index", permit.choice()))
              .orElseGet(Answer::timedOut);
        });
  }

  /** The model's way: it holds up nobody behind it, and may be passed over (A4). */
  private static Move all(Scene scene, Step step) {
    List<@Nullable String> handles = step.args().list("handles");
    return wait(
        scene,
        step,
        handles,
        session -> {
          Acquire acquire = within(Acquire.opportunistic(parts(scene, session, step)), step);
          return session.client().acquire(acquire).isPresent()
              ? Answer.waited(Win32.WAIT_OBJECT_0)
              : Answer.timedOut();
        });
  }

  /**
   * A wait for several in which each object is named once: of an any-wait the first mention counts,
   * while an all-wait takes as many as there are mentions.
   */
  static Move eachOnce(Scene scene, Step step) {
    boolean any = step.op().endsWith("(any)");
    List<@Nullable String> handles = step.args().list("handles");
    return wait(
        scene,
        step,
        handles,
        session -> {
          Map<RemoteSemaphore, Integer> mentions = new LinkedHashMap<>();
          List<RemoteSemaphore> all = new ArrayList<>();
          for (Acquire.Part part : parts(scene, session, step)) {
            RemoteSemaphore semaphore =
                all.stream()
                    .filter(one -> one.name().equals(part.semaphore().name()))
                    .findFirst()
                    .orElse(part.semaphore());
            all.add(semaphore);
            mentions.merge(semaphore, 1, (one, more) -> any ? 1 : one + more);
          }
          Acquire.Part[] parts =
              mentions.entrySet().stream()
                  .map(each -> each.getKey().permits(each.getValue()))
                  .toArray(Acquire.Part[]::new);
          Acquire acquire = within(any ? Acquire.anyOf(parts) : Acquire.opportunistic(parts), step);
          return session
              .client()
              .acquire(acquire)
              .map(permit ->
                  any
                      ? Answer.waited(Win32.WAIT_OBJECT_0)
                          .with("index", all.indexOf(parts[permit.choice()].semaphore()))
                      : Answer.waited(Win32.WAIT_OBJECT_0))
              .orElseGet(Answer::timedOut);
        });
  }

  private static Move signalAndWait(Scene scene, Step step) {
    String wait = step.args().text("wait");
    String signal = step.args().text("signal");
    return wait(
            scene,
            step,
            List.of(),
            session -> {
              Acquire.Part part = part(scene, session, wait);
              List<ReleaseItem> items =
                  List.of(
                      ReleaseItem.signal(
                          session.semaphore(scene.handles().get(signal, ObjectKind.SEMAPHORE)), 1));
              Acquire acquire = within(Acquire.allOf(part), step);
              return session.client().releaseAndAcquire(items, acquire).permit().isPresent()
                  ? Answer.waited(Win32.WAIT_OBJECT_0)
                  : Answer.timedOut();
            })
        .waitingAt(handles(scene, List.of(wait == null ? "" : wait)));
  }

  private static Move drain(Scene scene, Step step) {
    int times = step.args().number(1, "times");
    return Move.by(
        scene.actor(step.actor()),
        session -> {
          Acquire.Part part = part(scene, session, step.args().text("handle"));
          int acquired = 0;
          Optional<Permit> last = Optional.empty();
          do {
            last = session.client().acquire(Acquire.allOf(part).within(Duration.ZERO));
            acquired += last.isPresent() ? 1 : 0;
          } while (last.isPresent() && acquired < times);
          return Answer.done()
              .with("ok", last.isPresent())
              .with("acquired", acquired)
              .with("last_wait", last.isPresent() ? Win32.WAIT_OBJECT_0 : Win32.WAIT_TIMEOUT);
        });
  }

  /** A wait by the actor, with what the trace says of every wait: whether it failed, how long. */
  private static Move wait(Scene scene, Step step, List<@Nullable String> handles, Job job) {
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
    return Move.by(scene.actor(step.actor()), told).waitingAt(handles(scene, handles));
  }

  private static boolean isOver(Optional<Duration> timeout, long begun) {
    return timeout.isPresent() && System.nanoTime() - begun >= timeout.get().toNanos();
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
    return session.semaphore(scene.handles().get(handle)).permits(1);
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
