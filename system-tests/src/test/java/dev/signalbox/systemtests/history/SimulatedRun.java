package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Ask.Give;
import dev.signalbox.systemtests.history.Ask.Mode;
import dev.signalbox.systemtests.history.Ask.Want;
import dev.signalbox.systemtests.history.Outcome.Gave;
import dev.signalbox.systemtests.history.Outcome.Got;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A legal history, made by random calls on a {@link SimulatedService}: each takes effect at one
 * moment between its begin and its end, or, if its outcome is unknown, perhaps later or never.
 */
final class SimulatedRun {
  private static final int LONGEST_STEP = 20;
  private static final int LONGEST_DELAY = 500;

  private final SimulatedService service = new SimulatedService();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong((Event event) -> event.at).thenComparingLong(e -> e.order));
  private final List<Line> lines = new ArrayList<>();
  private final SplittableRandom random;
  private final boolean unknowns;
  private int callsLeft;
  private long now;
  private long order;
  private long calls;

  private SimulatedRun(long seed, int calls, boolean unknowns) {
    this.random = new SplittableRandom(seed);
    this.callsLeft = calls;
    this.unknowns = unknowns;
    SimulatedService.SEMAPHORES.forEach(semaphore -> lines.add(Line.of(semaphore)));
  }

  /**
   * Makes a history.
   *
   * @param seed the same gives the same
   * @param threads how many call at a time
   * @param calls about how many in all
   * @param unknowns whether outcomes may be unknown
   */
  static History of(long seed, int threads, int calls, boolean unknowns) {
    SimulatedRun run = new SimulatedRun(seed, calls, unknowns);
    for (int thread = 0; thread < threads; thread++) {
      int number = thread;
      run.later(LONGEST_STEP, () -> run.nextCall(number));
    }
    run.run();
    return History.of(run.lines);
  }

  private void run() {
    for (Event event = events.poll(); event != null; event = events.poll()) {
      now = event.at;
      event.what.run();
    }
    for (Line.Semaphore semaphore : SimulatedService.SEMAPHORES) {
      String name = semaphore.name();
      int count = service.count(name);
      long held = service.held(name);
      lines.add(Line.of(new Line.End(now + 1, now + 2, name, count, semaphore.max(), held, 0)));
    }
  }

  private void later(int atMost, Runnable what) {
    events.add(new Event(now + 1 + random.nextInt(atMost), ++order, what));
  }

  private void nextCall(int thread) {
    if (callsLeft-- > 0) {
      switch (random.nextInt(5)) {
        case 0, 1 -> call(thread, Ask.acquire(toHold()));
        case 2 -> call(thread, Ask.acquire(toConsume()));
        default -> call(thread, Ask.release(Give.signal(signalled(), 1 + random.nextInt(2))));
      }
    }
  }

  private void call(int thread, Ask ask) {
    long call = ++calls;
    lines.add(Line.of(new Line.Invoke(now, "p", call, thread, ask)));
    long begun = now;
    if (unknowns && random.nextInt(12) == 0) {
      loseAnswer(thread, call, ask);
    } else {
      later(LONGEST_STEP, () -> happen(thread, call, ask, begun));
    }
  }

  /**
   * It happens at once, late or never; nobody is told. Nothing is held for ever, as sessions end.
   */
  private void loseAnswer(int thread, long call, Ask ask) {
    if (random.nextBoolean() || isGiveBack(ask)) {
      later(random.nextBoolean() ? LONGEST_STEP : LONGEST_DELAY, () -> happenUnseen(ask));
    }
    later(
        LONGEST_STEP,
        () -> {
          if (random.nextBoolean()) {
            lines.add(Line.of(new Line.Return(now, "p", call, Outcome.unknown("LOST"))));
          }
          nextCall(thread);
        });
  }

  private static boolean isGiveBack(Ask ask) {
    return ask.gives().stream().anyMatch(give -> give.grant() != null);
  }

  private void happenUnseen(Ask ask) {
    ask.gives().forEach(service::release);
    Got got = ask.want() == null ? null : service.acquire(ask.want());
    if (got != null && !got.grant().isEmpty()) {
      later(LONGEST_DELAY, () -> service.release(Give.back(got.grant())));
    }
  }

  private void happen(int thread, long call, Ask ask, long begun) {
    if (ask.want() == null) {
      later(LONGEST_STEP, returning(thread, call, release(ask)));
      return;
    }
    Got got = service.acquire(ask.want());
    Long wait = ask.want().waitMillis();
    if (got == null && (wait == null || now < begun + wait)) {
      later(LONGEST_STEP, () -> happen(thread, call, ask, begun));
    } else {
      later(LONGEST_STEP, returning(thread, call, Outcome.ok(List.of(), got)));
    }
  }

  private Outcome release(Ask ask) {
    List<Gave> gave = new ArrayList<>();
    for (Give give : ask.gives()) {
      Gave one = service.release(give);
      if (one == null) {
        return Outcome.notDone("TOO_MANY_POSTS");
      }
      gave.add(one);
    }
    return Outcome.ok(gave, null);
  }

  private Runnable returning(int thread, long call, Outcome outcome) {
    return () -> {
      lines.add(Line.of(new Line.Return(now, "p", call, outcome)));
      later(LONGEST_STEP, () -> goOn(thread, outcome.got()));
    };
  }

  private void goOn(int thread, @Nullable Got got) {
    if (got == null || got.grant().isEmpty()) {
      nextCall(thread);
    } else {
      lines.add(Line.of(new Line.Held("p", got.grant(), now)));
      call(thread, Ask.release(Give.back(got.grant())));
    }
  }

  private Want toHold() {
    Want want =
        switch (random.nextInt(6)) {
          case 0 -> Want.one(Mode.ALL_OF, "one", "slots");
          case 1 -> Want.one(Mode.ANY_OF, "one", "three");
          case 2 -> Want.of("one", 1);
          case 3 -> Want.of("three", 1 + random.nextInt(3));
          default -> Want.of("slots", 1 + random.nextInt(3));
        };
    return random.nextBoolean() ? want : want.within(random.nextInt(2 * LONGEST_STEP));
  }

  private Want toConsume() {
    Want want = random.nextInt(3) == 0 ? Want.one(Mode.ANY_OF, "a", "b") : Want.of(signalled(), 1);
    return want.consumed().within(random.nextBoolean() ? 0 : random.nextInt(3 * LONGEST_STEP));
  }

  private String signalled() {
    return random.nextBoolean() ? "a" : "b";
  }

  private record Event(long at, long order, Runnable what) {}
}
