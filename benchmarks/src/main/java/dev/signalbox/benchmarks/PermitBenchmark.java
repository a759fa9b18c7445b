package dev.signalbox.benchmarks;

import dev.signalbox.client.Permit;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a holder asks of its permit while it works, which crosses no network.
 *
 * <pre>{@code
 * java -jar benchmarks/target/signalbox-benchmarks.jar Permit
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class PermitBenchmark {
  private SignalboxServer server;
  private SignalboxClient client;
  private Permit permit;

  /** For JMH. */
  public PermitBenchmark() {}

  /** Acquires one. */
  @Setup
  public void start() throws IOException, InterruptedException {
    server = SignalboxServer.start(ServerOptions.embedded());
    client = SignalboxClient.builder().target("127.0.0.1:" + server.port()).build();
    permit = client.semaphores().create("load/held", SemaphoreSpec.max(1)).acquire();
  }

  /** Gives it back. */
  @TearDown
  public void stop() {
    permit.close();
    client.close();
    server.close();
  }

  /** Looks whether it is held. */
  @Benchmark
  public boolean isHeld() {
    return permit.isHeld();
  }

  /** Makes sure that it is. */
  @Benchmark
  public void ensureHeld() {
    permit.ensureHeld();
  }
}
