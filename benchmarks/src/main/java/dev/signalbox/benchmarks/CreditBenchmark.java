package dev.signalbox.benchmarks;

import dev.signalbox.client.Credit;
import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Acquire-and-release pairs from credit, and without: one caller and two on a semaphore of 64, one
 * that uses up tokens, 64 callers of one client on a semaphore of 8, and four clients that compete
 * for 4, of whom never more may hold. The server runs in a process of its own.
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
  private static final int NARROW = 8;
  private static final int FEW = 4;
  private static final int MANY = 1_000_000;
  private static final int CLIENTS = 4;
  private static final int CALLERS_EACH = 2;

  private CreditBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    try (BenchmarkServer server = BenchmarkServer.start(args.length > 1 ? args[1] : "volatile");
        SignalboxClient client = SignalboxClient.builder().target(server.target()).build()) {
      RemoteSemaphore wide = client.semaphores().create("bench/wide", SemaphoreSpec.max(64));
      RemoteSemaphore narrow =
          client.semaphores().create("bench/narrow", SemaphoreSpec.max(NARROW));
      RemoteSemaphore tokens =
          client
              .semaphores()
              .create("bench/tokens", SemaphoreSpec.max(MANY).refill(MANY, Duration.ofMillis(1)));
      RemoteSemaphore wideCredit = wide.withCredit(Credit.upTo(64));
      RemoteSemaphore narrowCredit = narrow.withCredit(Credit.upTo(NARROW));
      for (int i = 0; i < WARM_UP; i++) {
        wideCredit.acquire().close();
      }
      for (int i = 0; i < rounds; i++) {
        percentiles("from credit", wideCredit, 20_000, BATCH);
        percentiles("without", wide, 2_000, 1);
        rate("1 caller, credit", wideCredit, 1);
        rate("2 callers, credit", wideCredit, 2);
        rate("1 caller, no credit", wide, 1);
        rate("1 caller, tokens, credit of up to 64", tokens.withCredit(Credit.upTo(64)), 1);
        rate("1 caller, tokens, no credit", tokens, 1);
        rate("64 callers of 8, credit", narrowCredit, 64);
        rate("64 callers of 8, no credit", narrow, 64);
        competing(server, true);
        competing(server, false);
      }
    }
  }

  /**
   * Of pairs by one caller, the release not awaited; the clock is read once for so many of them.
   */
  private static void percentiles(String what, RemoteSemaphore semaphore, int samples, int batch)
      throws InterruptedException {
    double[] nanos = new double[samples];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      pairs(semaphore, batch);
      nanos[i] = (System.nanoTime() - start) / (double) batch;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%,12.0f ns for a pair %s (median; 99 %%: %,.0f; clock read once in %d)%n",
        nanos[samples / 2], what, nanos[samples * 99 / 100], batch);
  }

  private static void pairs(RemoteSemaphore semaphore, int pairs) throws InterruptedException {
    for (int i = 0; i < pairs; i++) {
      semaphore.acquire().close();
    }
  }

  private static void rate(String what, RemoteSemaphore semaphore, int callers) throws Exception {
    LongAdder pairs = new LongAdder();
    long start = System.nanoTime();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      all.add(
          caller(() -> {
            while (System.nanoTime() - start < ROUND_NANOS) {
              pairs(semaphore, BATCH);
              pairs.add(BATCH);
            }
          }));
    }
    finished(what, all, pairs, start);
  }

  /** Two callers of each client, now busy and now not; fails if more than the maximum hold. */
  private static void competing(BenchmarkServer server, boolean credit) throws Exception {
    AtomicInteger holders = new AtomicInteger();
    LongAdder pairs = new LongAdder();
    List<SignalboxClient> clients = new ArrayList<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < CLIENTS; i++) {
      SignalboxClient client = SignalboxClient.builder().target(server.target()).build();
      clients.add(client);
      RemoteSemaphore plain = client.semaphores().create("bench/few", SemaphoreSpec.max(FEW));
      RemoteSemaphore handle = credit ? plain.withCredit(Credit.upTo(FEW)) : plain;
      for (int j = 0; j < CALLERS_EACH; j++) {
        all.add(caller(() -> bursts(handle, holders, pairs, start)));
      }
    }
    finished("4 clients in bursts" + (credit ? ", credit" : ", no credit"), all, pairs, start);
    clients.forEach(SignalboxClient::close);
  }

  private static void bursts(
      RemoteSemaphore semaphore, AtomicInteger holders, LongAdder pairs, long start)
      throws InterruptedException {
    while (System.nanoTime() - start < ROUND_NANOS) {
      for (int i = 0; i < BATCH; i++) {
        try (Permit permit = semaphore.acquire()) {
          if (holders.incrementAndGet() > FEW && permit.isHeld()) {
            throw new IllegalStateException("more holders than permits");
          }
          holders.decrementAndGet();
        }
      }
      pairs.add(BATCH);
      Thread.sleep(1);
    }
  }

  private static void finished(
      String what, List<CompletableFuture<Void>> all, LongAdder pairs, long start)
      throws Exception {
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
