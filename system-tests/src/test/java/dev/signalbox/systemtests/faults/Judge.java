package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.systemtests.history.Call;
import dev.signalbox.systemtests.history.Checker;
import dev.signalbox.systemtests.history.History;
import dev.signalbox.systemtests.history.LoadRun;
import dev.signalbox.systemtests.history.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Ends a load and says what is to be said of its history. */
final class Judge {
  private static final int PROCESSES = 3;
  private static final int THREADS = 4;

  /** Longer than any outage that a busy machine makes of a restart: no session is to be lost. */
  private static final Duration LEASE = Duration.ofSeconds(45);

  /** A refusal by the rules, the caller's own change of mind, and an answer nobody waited for. */
  private static final Set<String> ORDINARY = Set.of("TOO_MANY_POSTS", "CANCELLED", "NOT_ASKED");

  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

  private final History history;

  private Judge(History history) {
    this.history = history;
  }

  /** Starts three client processes. */
  static LoadRun load(Path folder, List<String> targets) throws IOException, InterruptedException {
    System.out.println("Load with -Dfaults.seed=" + SEED);
    return LoadRun.start(folder, targets, PROCESSES, THREADS, SEED, LEASE);
  }

  /** Ends the load; fails if a client failed or was told what cannot be. */
  static Judge finish(LoadRun run) throws IOException, InterruptedException {
    History history = run.finish();
    assertThat(run.exitCodes()).as("clients, see target/processes").containsOnly(0);
    Judge judge = new Judge(history);
    System.out.println(
        history.calls().size()
            + " calls, "
            + judge.failed().size()
            + " failed, sessions lost: "
            + history.sessions("lost")
            + ", resumed: "
            + history.sessions("resumed"));
    assertThat(Checker.check(history)).isEmpty();
    return judge;
  }

  /** The calls that were not answered as a healthy service answers. */
  List<Call> failed() {
    return history.calls().stream().filter(call -> !isOrdinary(call)).toList();
  }

  long lostSessions() {
    return history.sessions("lost");
  }

  /** For how long nobody had a good answer, around each of some moments. */
  List<Duration> outages(List<Long> faults) {
    long[] answers = answers().mapToLong(Call::ended).toArray();
    long end = answers().mapToLong(Call::ended).max().orElseThrow();
    return Outage.after(answers, faults, end);
  }

  /** How many calls of each process were begun and answered well between two moments. */
  long answeredWithin(String process, long from, long until) {
    return answers()
        .filter(call -> call.process().equals(process))
        .filter(call -> call.begun() >= from && call.ended() <= until)
        .count();
  }

  /** The names of the processes. */
  List<String> processes() {
    return history.calls().stream().map(Call::process).distinct().toList();
  }

  private Stream<Call> answers() {
    return history.calls().stream().filter(call -> call.outcome().verdict() == Verdict.OK);
  }

  private static boolean isOrdinary(Call call) {
    String reason = call.outcome().reason();
    return reason == null || ORDINARY.contains(reason);
  }
}
