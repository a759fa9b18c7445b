package dev.signalbox.benchmarks;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** One client's acquire-and-release pairs over 1,000 semaphores, in rounds of about two seconds. */
final class Pairs implements AutoCloseable {
  private static final int SEMAPHORES = 1_000;
  private static final long ROUND_NANOS = 2_000_000_000L;

  private final List<RemoteSemaphore> semaphores = new ArrayList<>();
  private final LongAdder pairs = new LongAdder();
  private final AtomicInteger outstanding = new AtomicInteger();
  private final BenchmarkServer server;
  private final SignalboxClient client;
  private volatile boolean stopped;

  Pairs(BenchmarkServer server) throws InterruptedException {
    this.server = server;
    this.client = SignalboxClient.builder().target(server.target()).build();
    for (int i = 0; i < SEMAPHORES; i++) {
      semaphores.add(client.semaphores().create("bench/" + i, SemaphoreSpec.max(1)));
    }
  }

  /**
   * A round with so many pairs outstanding.
   *
   * @return the rate, and the processor time that a pair costs, which other load on the machine
   *     hardly changes
   */
  Rate outstanding(int pairsOutstanding) throws InterruptedException {
    stopped = false;
    for (int i = 0; i < pairsOutstanding; i++) {
      outstanding.incrementAndGet();
      next(i % SEMAPHORES);
    }
    double clientBefore = cpuMicros(ProcessHandle.current());
    double serverBefore = cpuMicros(server.handle());
    long start = System.nanoTime();
    pairs.reset();
    Thread.sleep(ROUND_NANOS / 1_000_000);
    double done = pairs.sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    double clientMicros = cpuMicros(ProcessHandle.current()) - clientBefore;
    double serverMicros = cpuMicros(server.handle()) - serverBefore;
    stopped = true;
    awaitNoneOutstanding();
    return new Rate(done / seconds, clientMicros / done, serverMicros / done);
  }

  /** A round of one pair after the other, each awaited; microseconds each, ascending. */
  double[] oneAtATime() throws InterruptedException {
    double[] micros = new double[1 << 16];
    int done = 0;
    long start = System.nanoTime();
    long before = start;
    while (before - start < ROUND_NANOS && done < micros.length) {
      semaphores.get(done % SEMAPHORES).acquire().release();
      long after = System.nanoTime();
      micros[done++] = (after - before) / 1e3;
      before = after;
    }
    double[] sorted = Arrays.copyOf(micros, done);
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  public void close() {
    client.close();
  }

  private void awaitNoneOutstanding() throws InterruptedException {
    synchronized (outstanding) {
      while (outstanding.get() > 0) {
        outstanding.wait();
      }
    }
  }

  private void next(int semaphore) {
    CompletableFuture<Permit> granted = semaphores.get(semaphore).acquireAsync();
    var unused =
        granted
            .thenCompose(Permit::closeAsync)
            .thenRun(() -> {
              pairs.increment();
              if (stopped) {
                end();
              } else {
                next(semaphore);
              }
            });
  }

  private void end() {
    if (outstanding.decrementAndGet() == 0) {
      synchronized (outstanding) {
        outstanding.notifyAll();
      }
    }
  }

  private static double cpuMicros(ProcessHandle process) {
    return process.info().totalCpuDuration().map(cpu -> cpu.toNanos() / 1e3).orElse(Double.NaN);
  }

  /**
   * What a round came to.
   *
   * @param perSecond pairs per second
   * @param clientMicros processor time of this process for each pair
   * @param serverMicros likewise of the server's
   */
  record Rate(double perSecond, double clientMicros, double serverMicros) {}
}
