package dev.signalbox.benchmarks.load;

import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** W5: from a kill -9 of the process that holds to the return of the acquire that waits. */
final class Killed implements Workload {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final long QUEUING_MILLIS = 500;

  @Override
  public String id() {
    return "W5";
  }

  @Override
  public boolean suits(Entrant entrant) {
    return entrant.contestant().hasLease();
  }

  @Override
  public void run(Entrant entrant, Duration time, Sink sink) throws Exception {
    sink.add(Metric.W5_LEASE, recovery(entrant, false));
    if (entrant.contestant().canEndWithConnection()) {
      sink.add(Metric.W5_BREAK, recovery(entrant, true));
    }
  }

  /** Milliseconds. */
  private static double recovery(Entrant entrant, boolean endsWithConnection) throws Exception {
    String endpoint = entrant.service().endpoint();
    String ends = Boolean.toString(endsWithConnection);
    ExecutorService waiter = Executors.newSingleThreadExecutor();
    try (JavaProcess holder = JavaProcess.start(HolderMain.class, entrant.name(), endpoint, ends)) {
      Gate gate = entrant.client().gate("killed", 1);
      Future<Long> returned = waiter.submit(() -> HandOver.acquiredAt(gate));
      Thread.sleep(QUEUING_MILLIS);
      long killed = System.nanoTime();
      holder.kill();
      return (returned.get(2, TimeUnit.MINUTES) - killed) / 1e6;
    } finally {
      waiter.shutdownNow();
    }
  }

  /** The process that holds. */
  static final class HolderMain {
    private HolderMain() {}

    /** Its entry: the contestant's name, its endpoint, whether it ends with its connection. */
    public static void main(String[] args) throws Exception {
      Life life = new Life(LEASE, Boolean.parseBoolean(args[2]));
      for (Contestant contestant : ServiceLoader.load(Contestant.class)) {
        if (contestant.name().equals(args[0])) {
          Client client = contestant.connect(args[1], life);
          var unused = client.gate("killed", 1).acquire();
          JavaProcess.ready("holding");
        }
      }
      System.exit(0);
    }
  }
}
