package dev.signalbox.server.replication.ratis;

import static org.awaitility.Awaitility.await;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.Batches;
import dev.signalbox.server.replication.ClusterStatus;
import dev.signalbox.server.replication.CommandLog;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.replication.Sequencer;
import dev.signalbox.server.replication.SilentListener;
import dev.signalbox.server.replication.Submission;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A node with a durable log and a machine, without sessions and transport. */
final class LogNode implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CommandLog log;
  private final Sequencer sequencer;
  private volatile boolean leads;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private LogNode(RatisOptions options, Snapshots.Policy snapshots) {
    try {
      log = DurableLog.open(options, snapshots, failures::add);
      sequencer =
          new Sequencer(
              log,
              new SilentListener(),
              List.of(new Command.Configure(Limits.DEFAULT)),
              1_000_000,
              System::nanoTime,
              Runnable::run);
      sequencer.onRole(leads -> this.leads = leads);
      sequencer.start(() -> failures.add(new IllegalStateException("the machine failed")));
      awaitStart();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A node that does not start has ended when this throws. */
  private void awaitStart() throws IOException {
    try {
      sequencer.awaitStart();
    } catch (IOException e) {
      sequencer.close();
      throw e;
    }
  }

  static LogNode start(RatisOptions options) {
    return start(options, new Snapshots.Policy(options.snapshotBytes(), 1_000));
  }

  static LogNode start(RatisOptions options, Snapshots.Policy snapshots) {
    return new LogNode(options, snapshots);
  }

  /** One node by itself. */
  static LogNode start(Path directory) {
    return start(RatisOptions.alone(directory));
  }

  /** A port that nobody listens on just now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CommandLog log() {
    return log;
  }

  /** The engine, if it keeps the log. */
  Engine engine() {
    return ((RatisLog) log).engine();
  }

  /** The place of the last entry that this node has applied. */
  long applied() {
    return log.cluster().status().members().stream()
        .filter(member -> member.member().id().equals(log.cluster().nodeId()))
        .mapToLong(ClusterStatus.MemberStatus::appliedIndex)
        .findAny()
        .orElseThrow();
  }

  /** Writes an entry as it is, and says its place in the log. */
  long write(Entry entry) {
    if (log instanceof RatisLog) {
      Engine engine = engine();
      return get(engine.write(engine.nextCall(), EntryCodec.encode(entry))).getLogIndex();
    }
    return lookStale(machine -> {
      log.submit(Batches.of(entry));
      return applied();
    });
  }

  Sequencer sequencer() {
    return sequencer;
  }

  List<Throwable> failures() {
    return failures;
  }

  boolean leads() {
    return leads;
  }

  /** Hands a command in and waits for its answer. */
  Result ask(Command command) {
    return get(submit(command));
  }

  Result ask(SessionId session, long number, Operation operation) {
    return ask(new Command.Request(session, number, operation));
  }

  /** Hands a command in. */
  CompletableFuture<Result> submit(Command command) {
    Waiting waiting = new Waiting(command);
    sequencer.submit(waiting);
    return waiting.result;
  }

  SessionId openSession() {
    Result opened = ask(new Command.OpenSession("test", 15_000_000, -1, false));
    return ((Result.Opened) opened).session();
  }

  /** Creates a semaphore that is full. */
  void create(String name, int max) {
    SemaphoreConfig config = new SemaphoreConfig(Kind.SEMAPHORE, max, false, false, null, 0);
    ask(
        new Command.Request(
            null, 0, new Operation.CreateSemaphore(name, max, config, IfExists.OPEN)));
  }

  static Operation.Acquire acquire(String name, long waitMicros) {
    return new Operation.Acquire(
        List.of(new Operation.Part(name, 1)), Operation.Mode.ALL_OF, waitMicros, false, 0);
  }

  int count(String name) {
    return look(
        machine -> Objects.requireNonNull(machine.semaphore(name, machine.now(), 0)).count());
  }

  /** Looks at the machine. */
  <T> T look(Function<Machine, T> looking) {
    Look<T> look = new Look<>(looking);
    sequencer.read(look);
    return get(look.seen);
  }

  /** Looks at the machine as this node has it. */
  <T> T lookStale(Function<Machine, T> looking) {
    Look<T> look = new Look<>(looking);
    sequencer.readStale(look);
    return get(look.seen);
  }

  void awaitLeads() {
    await().atMost(PATIENCE).until(this::leads);
  }

  @Override
  public void close() {
    sequencer.close();
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** The log did not take it, or did not say what became of it. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure why;

    Refused(Failure why) {
      super(why.name());
      this.why = why;
    }

    Failure why() {
      return why;
    }
  }

  private static final class Look<T> implements Read {
    private final CompletableFuture<T> seen = new CompletableFuture<>();
    private final Function<Machine, T> looking;

    Look(Function<Machine, T> looking) {
      this.looking = looking;
    }

    @Override
    public void run(Machine machine, long now) {
      seen.complete(looking.apply(machine));
    }

    @Override
    public void failed(Failure why) {
      seen.completeExceptionally(new Refused(why));
    }
  }

  private static final class Waiting extends Submission {
    private final CompletableFuture<Result> result = new CompletableFuture<>();

    Waiting(Command command) {
      super(List.of(command));
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {
      result.complete(answer.result());
    }

    @Override
    protected void failed(Failure why) {
      result.completeExceptionally(new Refused(why));
    }
  }
}
