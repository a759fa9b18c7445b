package dev.signalbox.client.benchmark;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Acquire-and-release pairs per second through one client: 1,000 outstanding over 1,000 semaphores,
 * and then one at a time, blocking. The server runs in a process of its own, with the volatile log.
 *
 * <pre>{@code
 * mvn -q -pl client -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp client/target/test-classes:client/target/classes:$(cat client/target/classpath) \
 *     dev.signalbox.client.benchmark.PairsBenchmark [rounds of 2 s] [outstanding] [target]
 * }</pre>
 */
public final class PairsBenchmark {
  private static final int SEMAPHORES = 1_000;
  private static final long ROUND_NANOS = 2_000_000_000L;

  private final List<RemoteSemaphore> semaphores = new ArrayList<>();
  private final LongAdder pairs = new LongAdder();
  private volatile boolean stopped;

  private PairsBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    if (args.length == 1 && args[0].equals("serve")) {
      serve();
      return;
    }
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
    int outstanding = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
    Process server = args.length > 2 ? null : startServer();
    try (SignalboxClient client =
        SignalboxClient.builder().target(server == null ? args[2] : target(server)).build()) {
      ProcessHandle handle = server == null ? null : server.toHandle();
      new PairsBenchmark().run(client, rounds, outstanding, handle);
    } finally {
      if (server != null) {
        server.destroy();
        server.waitFor();
      }
    }
  }

  /** Serves until standard input ends, so that it cannot outlive the benchmark. */
  private static void serve() throws IOException {
    try (SignalboxServer server = SignalboxServer.start(ServerOptions.embedded())) {
      System.out.println("127.0.0.1:" + server.port());
      System.in.readAllBytes();
    }
  }

  private static Process startServer() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    String options = System.getProperty("server.options", "");
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ", -1)));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(PairsBenchmark.class.getName(), "serve"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String target(Process server) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String target = out.readLine();
    if (target == null) {
      throw new IOException("the server did not start");
    }
    return target;
  }

  private void run(
      SignalboxClient client, int rounds, int outstanding, @Nullable ProcessHandle server)
      throws Exception {
    for (int i = 0; i < SEMAPHORES; i++) {
      semaphores.add(client.semaphores().create("bench/" + i, SemaphoreSpec.max(1)));
    }
    for (int i = 0; i < outstanding; i++) {
      next(i % SEMAPHORES);
    }
    for (int i = 0; i < rounds; i++) {
      round(outstanding, server);
    }
    stopped = true;
    Thread.sleep(500);
    for (int i = 0; i < 3; i++) {
      System.out.printf("%,9.0f pairs/s one at a time%n", oneAtATime());
    }
  }

  private void next(int semaphore) {
    CompletableFuture<Permit> granted = semaphores.get(semaphore).acquireAsync();
    var unused =
        granted
            .thenCompose(Permit::closeAsync)
            .thenRun(() -> {
              pairs.increment();
              if (!stopped) {
                next(semaphore);
              }
            });
  }

  /**
   * The rate, and the processor time that a pair costs, which other load on the machine hardly
   * changes.
   */
  private void round(int outstanding, @Nullable ProcessHandle server) throws InterruptedException {
    double clientBefore = cpuMicros(ProcessHandle.current());
    double serverBefore = cpuMicros(server);
    long start = System.nanoTime();
    pairs.reset();
    Thread.sleep(ROUND_NANOS / 1_000_000);
    double done = pairs.sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%,9.0f pairs/s with %,d outstanding; per pair %.1f us of processor time here, %.1f there%n",
        done / seconds,
        outstanding,
        (cpuMicros(ProcessHandle.current()) - clientBefore) / done,
        (cpuMicros(server) - serverBefore) / done);
  }

  private static double cpuMicros(@Nullable ProcessHandle process) {
    return process == null
        ? Double.NaN
        : process.info().totalCpuDuration().map(cpu -> cpu.toNanos() / 1e3).orElse(Double.NaN);
  }

  private double oneAtATime() throws InterruptedException {
    long start = System.nanoTime();
    int done = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      semaphores.get(done++ % SEMAPHORES).acquire().release();
    }
    return done * 1e9 / (System.nanoTime() - start);
  }
}
