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
 * The durable log of a node with peers, or with an address for some to come: the engine keeps it.
 */
final class RatisLog implements CommandLog {
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

  /**
   * A log that is not started.
   *
   * @param directory the node's own from here on
   * @param onFailure told once, on any thread, when the log can no longer be relied on
   */
  RatisLog(
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

  @Override
  public int maxInFlight() {
    return engine().isAlone() ? IN_FLIGHT_ALONE : IN_FLIGHT_REPLICATED;
  }

  @Override
  public void start(Replica replica) throws IOException {
    LogStateMachine machine = new LogStateMachine(replica, own, snapshots, this::failed);
    try {
      NewAddress.putInForce(options, snapshots, directory, replica);
      Engine engine = Engine.start(options, directory, machine, own.clientId());
      started = new Started(engine, machine, new Barriers(engine));
      machine.checkFollowedBy(engine.firstEntry());
      machine.onMembersChanged(cluster::changed);
      engine.checkMember(options);
      if (engine.isAlone()) {
        machine.awaitLeadership();
      }
      machine.snapshots().takeOf(engine);
      ready = true;
    } catch (IOException | RuntimeException e) {
      throw UnusableLog.of(options.directory(), e);
    }
  }

  @Override
  public void submit(Batch batch) {
    Engine engine = started().engine;
    byte[] entry = EntryCodec.encode(batch.entry());
    if (DurableLog.isTooLarge(entry, batch)) {
      started().machine.inTurn(() -> batch.dropped(Failure.UNKNOWN));
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

  private Started started() {
    Started current = started;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  private record Started(Engine engine, LogStateMachine machine, Barriers barriers) {}
}
