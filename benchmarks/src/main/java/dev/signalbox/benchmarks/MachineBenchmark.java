package dev.signalbox.benchmarks;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a pair costs in the state machine and in the log's format, without network, threads or disk:
 * 1,000 acquires in entries of a size, then the releases of what they gave.
 *
 * <pre>{@code
 * java -jar benchmarks/target/signalbox-benchmarks.jar Machine
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class MachineBenchmark {
  private static final int PAIRS = 1_000;

  /** Commands of an entry. */
  @Param({"1", "100"})
  public int batch;

  private final List<Operation.Acquire> acquires = new ArrayList<>();
  private Machine machine;
  private SessionId session;
  private Entry sample;
  private byte[] sampleBytes;
  private long time;
  private long number;

  /** For JMH. */
  public MachineBenchmark() {}

  /** Makes a machine of 1,000 semaphores and one session. */
  @Setup(Level.Trial)
  public void start() {
    machine = new Machine();
    for (int i = 0; i < PAIRS; i++) {
      String name = "load/limit-" + i;
      apply(List.of(new Command.Request(null, 0, create(name))));
      acquires.add(
          new Operation.Acquire(
              List.of(new Operation.Part(name, 1)),
              Operation.Mode.ALL_OF,
              Operation.FOREVER,
              false,
              0));
    }
    Command open = new Command.OpenSession("benchmark", 15_000_000, -1, false);
    session = ((Result.Opened) answers(apply(List.of(open))).get(0)).session();
    sample = new Entry(time, 1, 2, acquiring().subList(0, batch));
    sampleBytes = EntryCodec.encode(sample);
  }

  /** Acquires, acknowledges and releases 1,000 times. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public int pairs() {
    List<Command> releases = new ArrayList<>(PAIRS);
    for (Result result : answers(applyAll(acquiring()))) {
      GrantId grant = Objects.requireNonNull(((Result.Granted) result).id());
      Operation.Item back = new Operation.GiveBack(grant);
      releases.add(request(new Operation.Release(List.of(back), List.of())));
    }
    int released = applyAll(releases).size();
    var unused = apply(List.of(new Command.Acknowledge(session, number, List.of())));
    return released;
  }

  /** Writes an entry of acquires; the time is that of one entry. */
  @Benchmark
  public byte[] encode() {
    return EntryCodec.encode(sample);
  }

  /** Reads it. */
  @Benchmark
  public Entry decode() {
    return EntryCodec.decode(sampleBytes);
  }

  private List<Command> acquiring() {
    List<Command> commands = new ArrayList<>(PAIRS);
    acquires.forEach(acquire -> commands.add(request(acquire)));
    return commands;
  }

  private Command request(Operation operation) {
    number++;
    return new Command.Request(session, number, operation);
  }

  private List<Outcome> applyAll(List<Command> commands) {
    List<Outcome> outcomes = new ArrayList<>(PAIRS);
    for (int i = 0; i < commands.size(); i += batch) {
      outcomes.addAll(apply(commands.subList(i, Math.min(commands.size(), i + batch))));
    }
    return outcomes;
  }

  private List<Outcome> apply(List<Command> commands) {
    time++;
    return machine.apply(new Entry(time, time, ~time, commands));
  }

  private static List<Result> answers(List<Outcome> outcomes) {
    return outcomes.stream().map(outcome -> ((Outcome.Answer) outcome).result()).toList();
  }

  private static Operation create(String name) {
    SemaphoreConfig config = new SemaphoreConfig(Kind.SEMAPHORE, 1, false, false, false, null, 0);
    return new Operation.CreateSemaphore(name, 1, config, IfExists.OPEN);
  }
}
