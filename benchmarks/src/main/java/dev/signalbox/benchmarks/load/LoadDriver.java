package dev.signalbox.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Puts the workloads W1 to W10 on Signalbox and on whatever else takes part, and writes a table and
 * plots. {@code benchmarks/run} builds and starts it; {@code benchmarks/README.md} says what the
 * options are and what the workloads do.
 */
public final class LoadDriver {
  private static final int WARM_UP_ROUNDS = 2;
  private static final int KILLS = 3;

  private final Settings settings;
  private final List<Contestant> contestants;
  private final Results results;
  private final Noise noise = new Noise();
  private final List<String> remarks = new ArrayList<>();

  private LoadDriver(Settings settings) {
    this.settings = settings;
    contestants =
        ServiceLoader.load(Contestant.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(settings::takes)
            .toList();
    results = new Results(contestants.stream().map(Contestant::name).toList());
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    System.setProperty("hazelcast.logging.type", "slf4j");
    LoadDriver driver = new LoadDriver(Settings.parse(args));
    long start = System.nanoTime();
    driver.run();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    new Report(driver.results, driver.noise, driver.remarks, args, took)
        .write(driver.settings.out());
    System.exit(0); // clients of others leave threads behind
  }

  private void run() throws Exception {
    noise.sample();
    List<Workload> shared =
        List.of(
            new OneCaller(),
            ManyCallers.apart(),
            ManyCallers.contended(),
            new HandOver(),
            new Outstanding(),
            new Killed());
    List<Workload> asked = shared.stream().filter(load -> settings.runs(load.id())).toList();
    if (!asked.isEmpty()) {
      List<Entrant> entrants = entrants();
      try {
        for (Workload workload : asked) {
          interleaved(workload, entrants);
        }
      } finally {
        entrants.forEach(Entrant::close);
      }
    }
    for (Alone alone :
        List.of(
            new PoolCallbacks(),
            new LongQueue(),
            new IdleSessions(),
            Population.small(),
            Population.large())) {
      if (settings.runs(alone.id())) {
        ofOurselves(alone);
      }
    }
  }

  private void ofOurselves(Alone alone) throws Exception {
    for (int round = 0; round < alone.rounds(settings.rounds()); round++) {
      for (Signalbox kind : List.of(new Signalbox(), new Signalbox.Durable())) {
        if (settings.takes(kind) && alone.suits(kind.log())) {
          say(alone.id() + " of " + kind.name());
          noise.sample();
          alone.run(kind.log(), settings.time(), sink(kind.name()));
        }
      }
    }
  }

  private Sink sink(String contestant) {
    return (metric, value) -> {
      say("  " + contestant + ": " + metric.title() + " " + Metric.format(value));
      results.add(metric, contestant, value);
    };
  }

  private List<Entrant> entrants() throws Exception {
    List<Entrant> entrants = new ArrayList<>();
    for (Contestant contestant : contestants) {
      Optional<String> missing = contestant.missing();
      if (missing.isPresent()) {
        remark(contestant.name() + " did not take part: " + missing.get());
      } else {
        say("starting " + contestant.name());
        entrants.add(Entrant.start(contestant));
      }
    }
    return entrants;
  }

  /** In every round it is somebody else's turn to be the first. */
  private void interleaved(Workload workload, List<Entrant> entrants) throws Exception {
    List<Entrant> order = new ArrayList<>(entrants.stream().filter(workload::suits).toList());
    boolean kills = workload instanceof Killed;
    int rounds = kills ? KILLS : settings.rounds();
    for (int round = kills ? 0 : -WARM_UP_ROUNDS; round < rounds; round++) {
      say(workload.id() + (round < 0 ? " warm-up" : " round " + (round + 1) + " of " + rounds));
      noise.sample();
      for (Entrant entrant : order) {
        boolean warm = round >= 0;
        Sink sink = warm ? sink(entrant.name()) : (metric, value) -> {};
        workload.run(
            entrant,
            warm ? settings.time() : settings.time().multipliedBy(workload.warmUp()),
            sink);
      }
      Collections.rotate(order, 1);
    }
  }

  private void remark(String remark) {
    say(remark);
    remarks.add(remark);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
