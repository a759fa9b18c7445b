package dev.signalbox.systemtests.oracle;

import dev.signalbox.systemtests.oracle.CaseResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Replays one case, step by step. */
final class CaseReplay {
  private final TraceCase recorded;
  private final Scene scene;
  private final Watch watch;
  private final Set<Deviation> deviations = new TreeSet<>();

  private CaseReplay(TraceCase recorded, Scene scene) {
    this.recorded = recorded;
    this.scene = scene;
    this.watch = new Watch(scene);
  }

  /**
   * Replays a case in a namespace of its own.
   *
   * @param port of the server
   * @param number of the case
   * @param view the harness's own client
   */
  static CaseResult of(TraceCase recorded, int port, int number, View view) {
    String title = recorded.title() == null ? "" : recorded.title();
    if (recorded.isBoundToOneProcess()) {
      return new CaseResult(
          recorded.name(), title, Outcome.SKIPPED, "portable: no " + recorded.rules(), List.of());
    }
    CaseReplay replay = new CaseReplay(recorded, new Scene(port, "oracle-" + number, view));
    String why = replay.run();
    return new CaseResult(
        recorded.name(),
        title,
        why.isEmpty() ? Outcome.PASSED : Outcome.FAILED,
        why,
        List.copyOf(replay.deviations));
  }

  /** What went wrong; empty: nothing. */
  private String run() {
    String why = "";
    try {
      why = steps();
    } catch (Exception | LinkageError e) {
      why = e.toString();
    }
    try {
      scene.end();
    } catch (Exception | AssertionError e) {
      why = why.isEmpty() ? "the case does not end: " + e : why;
    }
    return why;
  }

  private String steps() throws InterruptedException {
    for (Step step : recorded.steps()) {
      try {
        take(step);
      } catch (Mismatch | UnsupportedOperationException e) {
        return step + ": " + e.getMessage();
      }
    }
    try {
      end();
      return "";
    } catch (Mismatch e) {
      return "at the end: " + e.getMessage();
    }
  }

  private void take(Step step) throws InterruptedException {
    Expected asRecorded = Expected.of(step);
    Expected expected = asRecorded;
    List<Change.Made> changes = new ArrayList<>();
    for (Deviation deviation : Deviation.values()) {
      var change = deviation.change(new Situation(scene, step, expected));
      if (change.isPresent()) {
        deviations.add(deviation);
        changes.add(change.get());
        expected = change.get().expected();
      }
    }
    play(step, Mapping.of(scene, step), expected);
    for (Change.Made change : changes) {
      change.undo().run();
    }
    goOn(step, asRecorded, changes);
  }

  /** After deviations: from here on the service stands where the recorded run does. */
  private void goOn(Step step, Expected asRecorded, List<Change.Made> changes)
      throws InterruptedException {
    for (Change.Made change : changes) {
      Supplier<Move> again = change.again();
      if (again != null) {
        play(step, again.get(), asRecorded);
      }
    }
    if (!changes.isEmpty()) {
      watch.awaitCounts(asRecorded);
    }
  }

  private void play(Step step, Move move, Expected expected) throws InterruptedException {
    CompletableFuture<Answer> answer = move.start().get();
    if (expected.blocked()) {
      watch.awaitBlocked(
          new Pending(step, scene.actor(step.actor()).session(), move.queues(), answer));
    } else {
      Watch.check(expected.facts(), Patience.answer(step, answer));
    }
    watch.settle(step, expected);
  }

  private void end() throws InterruptedException {
    watch.checkStillBlocked(recorded.stillBlockedAtEnd());
    for (Session session : scene.vanished()) {
      Map<String, Long> held = scene.view().heldBy(session.name(), scene.namespace() + "/");
      if (!held.isEmpty()) {
        deviations.add(Deviation.LEASE_GIVES_BACK);
        watch.checkGivesBack(session, held);
      }
    }
  }
}
