package dev.signalbox.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** W6: 1,000 pairs outstanding over 1,000 semaphores, none of them with a thread. */
final class Outstanding implements Workload {
  private static final int PAIRS = 1_000;

  @Override
  public String id() {
    return "W6";
  }

  /** Here the processor is the limit, and the compiler's share of it the largest. */
  @Override
  public int warmUp() {
    return 8;
  }

  @Override
  public boolean suits(Entrant entrant) {
    return entrant.client().isAsync();
  }

  @Override
  public void run(Entrant entrant, Duration time, Sink sink) throws Exception {
    List<Gate> gates = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      gates.add(entrant.client().gate("outstanding-" + i, 1));
    }
    double client = Entrant.driverMicros();
    double server = entrant.serverMicros();
    Round round = new Round();
    long start = System.nanoTime();
    gates.forEach(round::next);
    Thread.sleep(time.toMillis());
    round.stop();
    double pairs = round.done.sum();
    sink.add(Metric.W6_RATE, pairs / ((System.nanoTime() - start) / 1e9));
    sink.add(Metric.W6_CLIENT, (Entrant.driverMicros() - client) / pairs);
    sink.add(Metric.W6_SERVER, (entrant.serverMicros() - server) / pairs);
  }

  private static final class Round {
    private final LongAdder done = new LongAdder();
    private final CountDownLatch outstanding = new CountDownLatch(PAIRS);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    void next(Gate gate) {
      var unused =
          gate.acquireAsync()
              .thenCompose(Held::releaseAsync)
              .whenComplete((released, problem) -> went(gate, problem));
    }

    private void went(Gate gate, @Nullable Throwable problem) {
      if (problem != null) {
        failure.set(problem);
      }
      if (stopped || problem != null) {
        outstanding.countDown();
      } else {
        done.increment();
        next(gate);
      }
    }

    void stop() throws InterruptedException {
      stopped = true;
      if (!outstanding.await(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("pairs that were never answered");
      }
      if (failure.get() != null) {
        throw new IllegalStateException("a pair failed", failure.get());
      }
    }
  }
}
