package dev.signalbox.benchmarks;

import dev.signalbox.client.Credit;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Acquire-and-release pairs from credit, and without: one caller and two on a semaphore of 64, and
 * 64 callers of one client on a semaphore of 8. The server runs in a process of its own.
 *
 * <pre>{@code
 * java -cp benchmarks/target/signalbox-benchmarks.jar \
 *     dev.signalbox.benchmarks.CreditBenchmark [rounds] [volatile|durable]
 * }</pre>
 */
public final class CreditBenchmark {
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int WARM_UP = 200_000;
  private static final int BATCH = 100;

  private CreditBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    try (BenchmarkServer server = BenchmarkServer.start(args.length > 1 ? args[1] : "volatile");
        SignalboxClient client = SignalboxClient.builder().target(server.target()).build()) {
      RemoteSemaphore wide = client.semaphores().create("bench/wide", SemaphoreSpec.max(64));
      RemoteSemaphore narrow = client.semaphores().create("bench/narrow", SemaphoreSpec.max(8));
      RemoteSemaphore wideCredit = wide.withCredit(Credit.upTo(64));
      RemoteSemaphore narrowCredit = narrow.withCredit(Credit.upTo(8));
      for (int i = 0; i < WARM_UP; i++) {
        wideCredit.acquire().close();
      }
      for (int i = 0; i < rounds; i++) {
        percentiles(wideCredit);
        rate("1 caller, credit", wideCredit, 1);
        rate("2 callers, credit", wideCredit, 2);
        rate("1 caller, no credit", wide, 1);
        rate("64 callers of 8, credit", narrowCredit, 64);
        rate("64 callers of 8, no credit", narrow, 64);
      }
    }
  }

  /** Of pairs by one caller; the clock is read once for so many of them. */
  private static void percentiles(RemoteSemaphore semaphore) throws InterruptedException {
    double[] nanos = new double[20_000];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      for (int j = 0; j < BATCH; j++) {
        semaphore.acquire().close();
      }
      nanos[i] = (System.nanoTime() - start) / (double) BATCH;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%,9.0f ns for a pair from credit (median of means of %d; 99 %%: %,.0f)%n",
        nanos[nanos.length / 2], BATCH, nanos[nanos.length * 99 / 100]);
  }

  private static void rate(String what, RemoteSemaphore semaphore, int callers) throws Exception {
    LongAdder pairs = new LongAdder();
    long start = System.nanoTime();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      all.add(
          caller(() -> {
            while (System.nanoTime() - start < ROUND_NANOS) {
              Permit permit = semaphore.acquire();
              permit.close();
              pairs.increment();
            }
          }));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%,12.0f pairs/s: %s%n", pairs.sum() / seconds, what);
  }

  private interface Task {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> caller(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (Exception e) {
                done.completeExceptionally(e);
              }
            },
            "caller");
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
