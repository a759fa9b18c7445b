package dev.signalbox.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** W2 and W3: 64 callers, each with a semaphore of its own or all with one of max 8. */
final class ManyCallers implements Workload {
  private static final int CALLERS = 64;

  private final String id;
  private final int semaphores;
  private final int max;
  private final List<Metric> metrics;
  private volatile boolean stopped;

  private ManyCallers(String id, int semaphores, int max, Metric... metrics) {
    this.id = id;
    this.semaphores = semaphores;
    this.max = max;
    this.metrics = List.of(metrics);
  }

  static ManyCallers apart() {
    return new ManyCallers(
        "W2",
        CALLERS,
        1,
        Metric.W2_RATE,
        Metric.W2_CLIENT,
        Metric.W2_SERVER,
        Metric.W2_UNAWAITED_RATE);
  }

  static ManyCallers contended() {
    return new ManyCallers(
        "W3", 1, 8, Metric.W3_RATE, Metric.W3_CLIENT, Metric.W3_SERVER, Metric.W3_UNAWAITED_RATE);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void run(Entrant entrant, Duration time, Sink sink) throws Exception {
    double client = Entrant.driverMicros();
    double server = entrant.serverMicros();
    Rate rate = pairs(entrant, time, true);
    sink.add(metrics.get(0), rate.perSecond());
    sink.add(metrics.get(1), (Entrant.driverMicros() - client) / rate.pairs());
    sink.add(metrics.get(2), (entrant.serverMicros() - server) / rate.pairs());
    if (entrant.client().canReleaseUnawaited()) {
      sink.add(metrics.get(3), pairs(entrant, time, false).perSecond());
    }
  }

  private Rate pairs(Entrant entrant, Duration time, boolean awaited) throws Exception {
    List<Callable<Long>> callers = callers(entrant, awaited);
    stopped = false;
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      long start = System.nanoTime();
      List<Future<Long>> running = new ArrayList<>();
      callers.forEach(caller -> running.add(threads.submit(caller)));
      Thread.sleep(time.toMillis());
      stopped = true;
      long pairs = 0;
      for (Future<Long> caller : running) {
        pairs += caller.get();
      }
      return new Rate(pairs, (System.nanoTime() - start) / 1e9);
    } finally {
      stopped = true;
      threads.shutdownNow();
    }
  }

  private List<Callable<Long>> callers(Entrant entrant, boolean awaited) throws Exception {
    List<Gate> gates = new ArrayList<>();
    List<Holders> holders = new ArrayList<>();
    for (int i = 0; i < semaphores; i++) {
      String name = id + "-" + i;
      gates.add(entrant.client().gate(name, max));
      holders.add(new Holders(entrant.name() + "'s " + name, max));
    }
    List<Callable<Long>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Gate gate = gates.get(i % semaphores);
      Holders counted = holders.get(i % semaphores);
      callers.add(() -> call(gate, counted, awaited));
    }
    return callers;
  }

  private long call(Gate gate, Holders holders, boolean awaited) throws Exception {
    long pairs = 0;
    while (!stopped) {
      Held held = gate.acquire();
      holders.enter();
      holders.leave();
      if (awaited) {
        held.release();
      } else {
        held.releaseUnawaited();
      }
      pairs++;
    }
    return pairs;
  }

  private record Rate(long pairs, double seconds) {
    double perSecond() {
      return pairs / seconds;
    }
  }
}
