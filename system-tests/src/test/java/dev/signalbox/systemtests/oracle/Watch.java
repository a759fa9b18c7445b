package dev.signalbox.systemtests.oracle;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Sees what a step came to, and who waits. */
final class Watch {
  /** What counts as blocked where nobody shows who waits; the trace's own time. */
  private static final long BLOCK_MILLIS = 120;

  private final Scene scene;
  private final Map<Integer, Pending> pending = new TreeMap<>();

  Watch(Scene scene) {
    this.scene = scene;
  }

  static void check(Map<String, JsonElement> expected, Answer answer) {
    List<String> wrong = Expected.differences(expected, answer);
    if (!wrong.isEmpty()) {
      throw new Mismatch(String.join(", ", wrong));
    }
  }

  /**
   * Waits until a step is seen to wait. One with a time-out may have waited so long already on a
   * busy machine.
   */
  void awaitBlocked(Pending one) throws InterruptedException {
    if (one.queues().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(BLOCK_MILLIS);
    } else {
      Patience.await("the queue to show it", () -> one.answer().isDone() || isQueued(one));
    }
    if (one.answer().isDone() && !one.isTimedOut()) {
      throw new Mismatch(
          "came back instead of waiting: " + Patience.answer(one.step(), one.answer()));
    }
    pending.put(one.step().seq(), one);
  }

  /** A session may wait several times, as a pool does for its callbacks. */
  private boolean isQueued(Pending one) throws InterruptedException {
    for (Handle handle : one.queues()) {
      long others =
          pending.values().stream()
              .filter(other -> !other.equals(one) && !other.answer().isDone())
              .filter(other -> other.sharesQueue(one, handle))
              .count();
      if (scene.view().waiting(one.session().name(), handle) <= others) {
        return false;
      }
    }
    return true;
  }

  /** Waits for everything that a step must come to, and sees that nothing else came of it. */
  void settle(Step step, Expected expected) throws InterruptedException {
    forgetTheTerminated(step);
    for (Map.Entry<Integer, Map<String, JsonElement>> each : expected.completions().entrySet()) {
      Pending completed = pending.get(each.getKey());
      if (completed == null) {
        throw new Mismatch("step " + each.getKey() + " does not wait");
      }
      check(each.getValue(), Patience.answer(completed.step(), completed.answer()));
      pending.remove(each.getKey());
    }
    awaitEvents(expected.events());
    awaitCounts(expected);
    checkOthersStillWait();
  }

  /** The call of a thread that was ended never comes back. */
  private void forgetTheTerminated(Step step) {
    if (step.op().equals("TerminateThread")) {
      Session ended = scene.actor(LifeOps.target(step)).session();
      pending.values().removeIf(one -> one.session() == ended);
    }
  }

  private void awaitEvents(List<String> expected) throws InterruptedException {
    boolean came = Patience.comes(() -> containsAll(scene.events().seen(), expected));
    List<String> others = new ArrayList<>(scene.events().seen());
    if (!came || !Events.cancelled(others, expected).equals(Events.cancelled(expected, expected))) {
      throw new Mismatch("events are " + others + " instead of " + expected);
    }
    scene.events().forget(expected);
    expected.forEach(others::remove);
    others.removeIf(Events::mayComeEarly);
    if (!others.isEmpty()) {
      throw new Mismatch("events that should not be: " + others);
    }
  }

  private static boolean containsAll(List<String> seen, List<String> expected) {
    List<String> left = new ArrayList<>(seen);
    return expected.stream().allMatch(left::remove);
  }

  void awaitCounts(Expected expected) throws InterruptedException {
    Map<String, Counts> counts = expected.counts();
    if (counts != null && !Patience.comes(() -> scene.counts().equals(counts))) {
      throw new Mismatch("counts are " + scene.counts() + " instead of " + counts);
    }
  }

  private void checkOthersStillWait() throws InterruptedException {
    for (Pending one : pending.values()) {
      boolean waits = one.queues().isEmpty() ? !one.answer().isDone() : isQueued(one);
      if (!waits) {
        Answer answer = Patience.answer(one.step(), one.answer());
        if (!one.isTimedOut()) {
          throw new Mismatch("came back as well: " + one.step() + " with " + answer);
        }
      }
    }
  }

  void checkStillBlocked(Set<String> actors) throws InterruptedException {
    checkOthersStillWait();
    Set<String> waiting = new TreeSet<>();
    pending.values().forEach(one -> waiting.add(one.step().actor()));
    if (!waiting.equals(actors)) {
      throw new Mismatch("still waiting are " + waiting + " instead of " + actors);
    }
    if (!scene.events().seen().isEmpty()) {
      throw new Mismatch("events that should not be: " + scene.events().seen());
    }
  }

  /** Ends the session of a party that was gone: what it held goes back, never above max (L2). */
  void checkGivesBack(Session session, Map<String, Long> held) throws InterruptedException {
    Map<String, Counts> due = new TreeMap<>();
    for (Map.Entry<String, Long> each : held.entrySet()) {
      Counts before = scene.view().counts(each.getKey());
      long full = Math.min(before.current() + each.getValue(), before.maximum());
      due.put(each.getKey(), new Counts((int) full, before.maximum()));
    }
    session.expire();
    Iterator<Map.Entry<String, Counts>> each = due.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<String, Counts> one = each.next();
      Patience.await(
          "what " + session.name() + " held to go back: " + one,
          () -> scene.view().counts(one.getKey()).equals(one.getValue()));
    }
  }
}
