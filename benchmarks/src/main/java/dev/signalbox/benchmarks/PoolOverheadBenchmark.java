package dev.signalbox.benchmarks;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.callback.CallbackPool;
import dev.signalbox.client.callback.PoolOptions;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a callback costs in the pool beside what a task costs in the JDK's executor, when nothing
 * goes over the network: 10,000 of them are submitted by one thread, and awaited.
 *
 * <pre>{@code
 * java -jar benchmarks/target/signalbox-benchmarks.jar PoolOverhead
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init")
public class PoolOverheadBenchmark {
  private static final int CALLBACKS = 10_000;

  /** Threads of either. */
  @Param({"1", "2", "8"})
  public int threads;

  private SignalboxServer server;
  private SignalboxClient client;
  private CallbackPool pool;
  private ExecutorService executor;

  /** For JMH. */
  public PoolOverheadBenchmark() {}

  /** Starts both. */
  @Setup
  public void start() throws IOException {
    server = SignalboxServer.start(ServerOptions.embedded());
    client = SignalboxClient.builder().target("127.0.0.1:" + server.port()).build();
    pool = client.callbackPool(PoolOptions.threads(threads, threads).queue(CALLBACKS));
    executor =
        new ThreadPoolExecutor(
            threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(CALLBACKS));
  }

  /** Ends both. */
  @TearDown
  public void stop() {
    pool.close();
    executor.shutdown();
    client.close();
    server.close();
  }

  /** Tasks of the JDK's executor, of which nobody hears more. */
  @Benchmark
  @OperationsPerInvocation(CALLBACKS)
  public void executeOfTheJdk() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(CALLBACKS);
    for (int i = 0; i < CALLBACKS; i++) {
      executor.execute(done::countDown);
    }
    done.await();
  }

  /** Tasks of the JDK's executor whose end can be awaited, as a callback's can. */
  @Benchmark
  @OperationsPerInvocation(CALLBACKS)
  public void submitOfTheJdk() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(CALLBACKS);
    for (int i = 0; i < CALLBACKS; i++) {
      var unused = executor.submit(done::countDown);
    }
    done.await();
  }

  /** Callbacks of the pool. */
  @Benchmark
  @OperationsPerInvocation(CALLBACKS)
  public void callbacks() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(CALLBACKS);
    for (int i = 0; i < CALLBACKS; i++) {
      var unused = pool.submit(callback -> done.countDown());
    }
    done.await();
  }
}
