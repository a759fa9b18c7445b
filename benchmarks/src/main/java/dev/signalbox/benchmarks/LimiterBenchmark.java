package dev.signalbox.benchmarks;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.FailMode;
import dev.signalbox.client.limit.Limit;
import dev.signalbox.client.limit.LimitKeys;
import dev.signalbox.client.limit.Limiter;
import dev.signalbox.client.limit.LimiterBuilder;
import dev.signalbox.client.limit.LimiterMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a call pays for a limiter of one limit on concurrency and one on rate, from the decision to
 * the end: where nothing goes over the network or waits for it; and, with a server in a process of
 * its own, as a shadow and for a grant, beside the same acquire and release without a limiter.
 *
 * <pre>{@code
 * java -jar benchmarks/target/signalbox-benchmarks.jar LimiterBenchmark
 * }</pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LimiterBenchmark {
  private static final LimitKeys NONE = LimitKeys.none();
  private static final LimitKeys TENANT = LimitKeys.of("tenant", "blue");
  private static final int MANY = 1_000_000;
  private static final int ASKED = 1_000;

  /** For JMH. */
  public LimiterBenchmark() {}

  private static LimiterBuilder builder(SignalboxClient client) {
    return Limiter.builder(client, "benchmark")
        .limit(Limit.rate("b/partner", 1_000_000_000, Duration.ofSeconds(1)));
  }

  private static LimiterBuilder fixed(SignalboxClient client) {
    return builder(client).limit(Limit.concurrency("b/db", MANY));
  }

  private static LimiterBuilder perTenant(SignalboxClient client) {
    return builder(client).limit(Limit.concurrency("b/tenant/{tenant}", MANY));
  }

  /** A client of a server that is not there, and has been missed for long enough. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Unreachable {
    private SignalboxClient client;
    private Limiter open;
    private Limiter openPerTenant;
    private Limiter local;
    private Limiter localPerTenant;

    /** For JMH. */
    public Unreachable() {}

    /** Starts the client. */
    @Setup
    public void start() {
      client = SignalboxClient.builder().target("127.0.0.1:1").build();
      open = without(fixed(client), FailMode.open());
      openPerTenant = without(perTenant(client), FailMode.open());
      local = without(fixed(client), FailMode.local(0.5));
      localPerTenant = without(perTenant(client), FailMode.local(0.5));
    }

    private static Limiter without(LimiterBuilder builder, FailMode mode) {
      return builder.failMode(mode).answerWithin(Duration.ofMillis(1)).build();
    }

    /** Ends the client. */
    @TearDown
    public void stop() {
      client.close();
    }
  }

  /** A client of a server in a process of its own. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Served {
    private BenchmarkServer server;
    private SignalboxClient client;
    private Limiter shadow;
    private Limiter limiter;
    private RemoteSemaphore semaphore;

    /** For JMH. */
    public Served() {}

    /** Starts both. */
    @Setup
    public void start() throws IOException, InterruptedException {
      server = BenchmarkServer.start("volatile");
      client = SignalboxClient.builder().target(server.target()).build();
      shadow = fixed(client).shadow(true).build();
      limiter = fixed(client).build();
      semaphore = client.semaphores().create("b/plain", SemaphoreSpec.max(MANY));
    }

    /** Ends both. */
    @TearDown
    public void stop() {
      client.close();
      server.close();
    }
  }

  /** A shadow whose questions of the last time have been answered. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init")
  public static class Calm {
    private Limiter shadow;
    private long asked;

    /** For JMH. */
    public Calm() {}

    /** Makes the shadow. */
    @Setup
    public void make(Served served) {
      shadow = fixed(served.client).shadow(true).build();
    }

    /** Waits for the answers, which is not measured. */
    @Setup(Level.Invocation)
    public void calm() {
      LimiterMetrics metrics = shadow.metrics();
      while (metrics.shadowGranted() + metrics.shadowRefused() < asked) {
        Thread.onSpinWait();
        metrics = shadow.metrics();
      }
      if (metrics.shadowUndecided() > 0) {
        throw new IllegalStateException("not all calls were asked about");
      }
      asked += ASKED;
    }
  }

  private static Admission.Grounds call(Limiter limiter, LimitKeys keys)
      throws InterruptedException {
    try (Admission admission = limiter.decide(keys).orThrow()) {
      return admission.grounds();
    }
  }

  /** Let in because the service cannot be reached. */
  @Benchmark
  public Admission.Grounds open(Unreachable state) throws InterruptedException {
    return call(state.open, NONE);
  }

  /** The same, with a key in a name. */
  @Benchmark
  public Admission.Grounds openPerTenant(Unreachable state) throws InterruptedException {
    return call(state.openPerTenant, TENANT);
  }

  /** Let in by the process's own share. */
  @Benchmark
  public Admission.Grounds local(Unreachable state) throws InterruptedException {
    return call(state.local, NONE);
  }

  /** The same, with a key in a name. */
  @Benchmark
  public Admission.Grounds localPerTenant(Unreachable state) throws InterruptedException {
    return call(state.localPerTenant, TENANT);
  }

  /** Let in by a shadow that has so many questions out that most calls ask nothing. */
  @Benchmark
  public Admission.Grounds shadow(Served state) throws InterruptedException {
    return call(state.shadow, NONE);
  }

  /** A thousand calls let in by a shadow that asks the service beside each of them. */
  @Benchmark
  @OperationsPerInvocation(ASKED)
  public void shadowThatAsks(Calm state, Blackhole hole) throws InterruptedException {
    for (int i = 0; i < ASKED; i++) {
      hole.consume(call(state.shadow, NONE));
    }
  }

  /** Granted by the service, one at a time. */
  @Benchmark
  public Admission.Grounds granted(Served state) throws InterruptedException {
    return call(state.limiter, NONE);
  }

  /** The client's own acquire and release, one at a time. */
  @Benchmark
  public int plainPair(Served state) throws InterruptedException {
    try (Permit permit = state.semaphore.acquire()) {
      return permit.permits();
    }
  }
}
