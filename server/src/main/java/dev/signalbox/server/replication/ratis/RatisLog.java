package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.CommandLog;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log. An entry is acknowledged when it is on the disks of a majority of the nodes, of
 * which there may be one. When the log fails, this node stops: it never answers from a state that
 * may not be kept.
 */
public final class RatisLog implements CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger(RatisLog.class);
  private static final int IN_FLIGHT_ALONE = 1;
  private static final int IN_FLIGHT_REPLICATED = 2;

  private final RatisOptions options;
  private final Snapshots.Policy snapshots;
  private final DataDirectory directory;
  private final Consumer<Throwable> onFailure;
  private final OwnBatches own = new OwnBatches();
  private final RatisCluster cluster;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean handedOver = new AtomicBoolean();

  private volatile @Nullable Started started;

  /** Until then it is {@link #start} that fails. */
  private volatile boolean ready;

  private RatisLog(
      RatisOptions options,
      Snapshots.Policy snapshots,
      DataDirectory directory,
      Consumer<Throwable> onFailure) {
    this.options = options;
    this.snapshots = snapshots;
    this.cluster = new RatisCluster(options.nodeId(), this::engineIfStarted);
    this.directory = directory;
    this.onFailure = onFailure;
  }

  /**
   * Takes possession of the data directory, and repairs the end of the log if need be.
   *
   * @param onFailure told once, on any thread, when the log can no longer be relied on: nothing is
   *     acknowledged any more
   * @throws UnusableLog if the directory cannot be used as it is
   */
  public static RatisLog open(RatisOptions options, Consumer<Throwable> onFailure)
      throws IOException {
    Snapshots.Policy snapshots =
        new Snapshots.Policy(options.snapshotBytes(), Snapshots.Policy.DEFAULT_COPIED);
    return open(options, snapshots, onFailure);
  }

  static RatisLog open(
      RatisOptions options, Snapshots.Policy snapshots, Consumer<Throwable> onFailure)
      throws IOException {
    DataDirectory directory = take(options);
    boolean opened = false;
    try {
      LogTail.repair(Engine.segments(directory));
      opened = true;
      return new RatisLog(options, snapshots, directory, onFailure);
    } finally {
      if (!opened) {
        directory.close();
      }
    }
  }

  private static DataDirectory take(RatisOptions options) throws UnusableLog {
    try {
      return DataDirectory.open(options.directory(), options.nodeId());
    } catch (UnusableLog e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableLog(
          "the data directory " + options.directory() + " cannot be used: " + e, e);
    }
  }

  @Override
  public int maxInFlight() {
    return engine().isAlone() ? IN_FLIGHT_ALONE : IN_FLIGHT_REPLICATED;
  }

  @Override
  public void start(Replica replica) throws IOException {
    LogStateMachine machine = new LogStateMachine(replica, own, snapshots, this::failed);
    try {
      Engine engine = Engine.start(options, directory, machine, own.clientId());
      started = new Started(engine, machine, new Barriers(engine));
      machine.checkFollowedBy(engine.firstEntry());
      machine.onMembersChanged(cluster::changed);
      settle(engine, machine);
      machine.snapshots().takeOf(engine);
      ready = true;
    } catch (IOException | RuntimeException e) {
      throw unusable(e);
    }
  }

  /** Finds out which member this node is. */
  private void settle(Engine engine, LogStateMachine machine) throws IOException {
    boolean founded = !engine.peers().isEmpty();
    if (founded && !cluster.isMember() && !options.join()) {
      throw new RemovedNode(options.nodeId());
    }
    if (engine.isAlone()) {
      machine.awaitLeadership();
      options.self().ifPresent(cluster.changes()::readdress);
    } else if (options.isAlone()) {
      throw new UnusableLog(
          "node '"
              + options.nodeId()
              + "' shares its log with others: --peers must say where they find it");
    }
  }

  @Override
  public void submit(Batch batch) {
    Engine engine = started().engine;
    byte[] entry = EntryCodec.encode(batch.entry());
    if (entry.length > RatisSettings.MAX_COMMAND_BYTES) {
      refuse(batch, entry.length);
      return;
    }
    long call = engine.nextCall();
    own.add(call, batch);
    var unused =
        engine
            .write(call, entry)
            .whenComplete((reply, problem) -> {
              if (problem != null || !reply.isSuccess()) {
                started().machine.drop(call, Failure.UNKNOWN);
              }
            });
  }

  /** Cannot happen as long as frames are bounded; if it does, nobody must wonder why. */
  private void refuse(Batch batch, int bytes) {
    LOG.error(
        "An entry of {} bytes with {} commands is more than the log takes; none of it was executed",
        bytes,
        batch.entry().commands().size());
    started().machine.inTurn(() -> batch.dropped(Failure.UNKNOWN));
  }

  @Override
  public void read(List<Read> reads) {
    LogStateMachine machine = started().machine;
    started()
        .barriers
        .reach(
            () -> machine.serve(reads),
            () -> machine.inTurn(() -> reads.forEach(r -> r.failed(Failure.NOT_LEADER))));
  }

  @Override
  public void readStale(List<Read> reads) {
    started().machine.serveStale(reads);
  }

  @Override
  public void confirmLeadership(Runnable confirmed, Runnable denied) {
    LogStateMachine machine = started().machine;
    if (machine.leads()) {
      started().barriers.reach(() -> (machine.leads() ? confirmed : denied).run(), denied);
    } else {
      denied.run();
    }
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public void handOver() {
    if (started != null && !over.get() && handedOver.compareAndSet(false, true)) {
      cluster.changes().handOver();
    }
  }

  @Override
  public void close() {
    try {
      handOver();
      over.set(true);
      cluster.close();
      Started current = started;
      if (current != null) {
        current.machine.stopLeading(Failure.STOPPING);
        current.machine.snapshots().close();
        current.engine.close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("The log in {} was not closed cleanly", options.directory(), e);
    } finally {
      directory.close();
    }
  }

  private @Nullable Engine engineIfStarted() {
    Started current = started;
    return current == null ? null : current.engine;
  }

  Engine engine() {
    return started().engine;
  }

  /** From here on nothing is answered, so that nobody is told what may not be kept. */
  private void failed(Throwable cause) {
    if (ready && over.compareAndSet(false, true)) {
      Started current = started;
      if (current != null) {
        current.machine.stopLeading(Failure.UNKNOWN);
      }
      onFailure.accept(cause);
    }
  }

  private UnusableLog unusable(Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null && !(cause instanceof UnusableLog)) {
      cause = cause.getCause();
    }
    return cause instanceof UnusableLog known
        ? known
        : new UnusableLog(
            "the log in " + options.directory() + " cannot be opened: " + cause, problem);
  }

  private Started started() {
    Started current = started;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  private record Started(Engine engine, LogStateMachine machine, Barriers barriers) {}
}
