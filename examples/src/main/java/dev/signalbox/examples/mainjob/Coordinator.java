package dev.signalbox.examples.mainjob;

import dev.signalbox.client.RemoteSemaphore;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hands out the files, kills one worker midway, watches the semaphore, and shows how it goes. All
 * on one thread: what the workers say and what the service shows is dealt with in turn.
 */
final class Coordinator {
  /** Holders and waiters to look at; more than all threads of all workers in any sane run. */
  private static final int LISTED = 1_000;

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LOOK_CLOSELY = Duration.ofMillis(2);

  private final JobOptions options;
  private final Inventory inventory;
  private final RemoteSemaphore semaphore;
  private final Crew crew;
  private final Display display;
  private final Ledger ledger;
  private final Tally tally = new Tally();
  private final Killing killing;
  private final Map<WorkerProcess, Integer> filesDone = new HashMap<>();
  private int ready;
  private long begun;
  private long lastLook;

  Coordinator(
      JobOptions options,
      Inventory inventory,
      RemoteSemaphore semaphore,
      Crew crew,
      Display display) {
    this.options = options;
    this.inventory = inventory;
    this.semaphore = semaphore;
    this.crew = crew;
    this.display = display;
    this.ledger = new Ledger(inventory.tasks());
    this.killing = new Killing(options.recoveryLimit());
    this.begun = System.nanoTime();
    this.lastLook = begun;
  }

  /** Does the job, and says what came of it. */
  Report run() throws IOException, InterruptedException {
    while (!ledger.isComplete() || killing.isOpen()) {
      Event event = crew.next(pause());
      if (event != null) {
        on(event);
      }
      if (System.nanoTime() - lastLook >= pause().toNanos()) {
        look();
      }
    }
    return conclude();
  }

  private Duration pause() {
    return killing.isOpen() ? LOOK_CLOSELY : LOOK;
  }

  private void on(Event event) throws IOException, InterruptedException {
    if (event instanceof Event.Said said) {
      on(said.worker(), said.message());
    } else if (event instanceof Event.Ended ended) {
      onEnd(ended.worker());
    }
  }

  private void on(WorkerProcess worker, Message message) throws InterruptedException {
    if (message instanceof Message.Begun begun) {
      considerKilling(worker, begun.task());
    } else if (message instanceof Message.Done done) {
      tally.add(done, close(worker, done.task()));
    } else if (message instanceof Message.Unreadable unreadable) {
      close(worker, unreadable.task());
      tally.addUnreadable();
    } else if (message instanceof Message.Failed failed) {
      display.event(worker.name() + " could not finish a file: " + failed.why());
      ledger.reopen(failed.task(), failed.why());
    } else {
      onReady();
    }
    supply();
  }

  private boolean close(WorkerProcess worker, int task) {
    filesDone.merge(worker, 1, Integer::sum);
    return ledger.close(task);
  }

  private void onReady() {
    ready++;
    begun = System.nanoTime();
  }

  /** Work starts when all are there, and the dead get none. */
  private void supply() {
    if (ready < options.workers()) {
      return;
    }
    for (WorkerProcess worker : crew.workers()) {
      if (!worker.name().equals(killing.victimName())) {
        ledger.supply(worker.name(), options.threads() + 2).forEach(worker::give);
      }
    }
  }

  private void considerKilling(WorkerProcess worker, int task) throws InterruptedException {
    if (killing.victim().isPresent() || !ledger.isMomentToKill(task)) {
      return;
    }
    Look look = look();
    if (look.heldBy(worker.name()) > 0) {
      killing.kill(worker, look);
      display.event("killed " + worker.title() + ", holding " + killing.held());
    }
  }

  private void onEnd(WorkerProcess worker) throws IOException {
    if (!worker.name().equals(killing.victimName())) {
      throw new IllegalStateException(worker.title() + " ended by itself");
    }
    killing.sawDead();
    int redone = ledger.redone();
    ledger.takeBack(worker.name(), tasks(worker.intervals()));
    display.event(
        "its process is gone; %d files that it had begun are done again"
            .formatted(ledger.redone() - redone));
    supply();
  }

  private static Set<Integer> tasks(List<Interval> intervals) {
    return intervals.stream().map(Interval::task).collect(Collectors.toSet());
  }

  private Look look() throws InterruptedException {
    Look look = Look.of(semaphore.info(LISTED));
    lastLook = System.nanoTime();
    if (killing.isRecoveredNow(look)) {
      display.event("its permits are back after " + Text.seconds(killing.recovery().orElseThrow()));
    }
    display.show(frame(look));
    return look;
  }

  private Frame frame(Look look) {
    return new Frame(
        elapsed(),
        crew.workers().stream().map(worker -> row(worker, look)).toList(),
        ledger.done(),
        ledger.files(),
        tally.bytes(),
        inventory.bytesRead(),
        look.held(),
        look.max());
  }

  private Frame.Row row(WorkerProcess worker, Look look) {
    return new Frame.Row(
        worker.name(),
        worker.pid(),
        look.heldBy(worker.name()),
        look.waitedForBy(worker.name()),
        filesDone.getOrDefault(worker, 0),
        worker.name().equals(killing.victimName()));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private Report conclude() throws IOException, InterruptedException {
    Duration took = elapsed();
    boolean endedWell = crew.finish(killing.victimName());
    Look end = Look.of(semaphore.info(LISTED));
    Evidence evidence = Evidence.of(crew.intervals(), killing.kill(), options.max());
    return new Report(
        options,
        inventory,
        ledger,
        tally,
        killing,
        evidence,
        took,
        endedWell && end.isAtRest(),
        end);
  }
}
