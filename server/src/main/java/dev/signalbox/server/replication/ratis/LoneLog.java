package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.CommandLog;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.LoneNode;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.replication.Replica;
import dev.signalbox.server.replication.codec.EntryCodec;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The durable log of a node without peers: whoever has the turn writes the entry, syncs it and
 * applies it, and nobody is woken for that. The engine is only there at the start: it finds and
 * replays what there is, begins a term, and leaves. What is written then is in its files and its
 * format, so the next start finds it, with peers or without.
 */
final class LoneLog implements CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger(LoneLog.class);

  private final RatisOptions options;
  private final Snapshots.Policy policy;
  private final DataDirectory directory;
  private final Consumer<Throwable> onFailure;
  private final Pace pace = new Pace(System::nanoTime);
  private final LoneNode cluster;

  private volatile @Nullable Started started;
  private volatile boolean failed;

  /** The last entry that was applied. */
  private volatile TermIndex applied = TermIndex.INITIAL_VALUE;

  /**
   * A log that is not started.
   *
   * @param directory the node's own from here on
   * @param onFailure told once when the log can no longer be relied on
   */
  LoneLog(
      RatisOptions options,
      Snapshots.Policy policy,
      DataDirectory directory,
      Consumer<Throwable> onFailure) {
    this.options = options;
    this.policy = policy;
    this.directory = directory;
    this.onFailure = onFailure;
    this.cluster =
        new LoneNode(
            options.nodeId(),
            "node '"
                + options.nodeId()
                + "' has no address for others: start it with --peers="
                + options.nodeId()
                + "=HOST:PORT",
            () -> applied.getIndex(),
            () -> applied.getTerm());
  }

  @Override
  public int maxInFlight() {
    return 1;
  }

  @Override
  public void start(Replica replica) throws IOException {
    try {
      RestoredStateMachine machine = new RestoredStateMachine(replica, policy);
      applied = restore(machine);
      Segments segments = Segments.after(Engine.segments(directory), applied);
      machine.snapshots().takeOf(segments);
      started = new Started(replica, segments, machine.snapshots());
      replica.lead();
    } catch (IOException | RuntimeException e) {
      throw UnusableLog.of(options.directory(), e);
    }
  }

  /** Has the engine replay what there is; the log's last entry, which begins a term. */
  private TermIndex restore(RestoredStateMachine machine) throws IOException {
    try (Engine engine = Engine.start(options, directory, machine, ClientId.randomId())) {
      engine.checkAlone(options);
      machine.checkFollowedBy(engine.firstEntry());
      machine.awaitLeadership();
      return engine.lastEntry();
    }
  }

  @Override
  public void submit(Batch batch) {
    byte[] entry = EntryCodec.encode(batch.entry());
    if (failed || DurableLog.isTooLarge(entry, batch)) {
      batch.dropped(Failure.UNKNOWN);
    } else {
      write(entry, batch);
    }
  }

  private void write(byte[] entry, Batch batch) {
    Started log = started();
    try {
      pace.begin();
      applied = log.segments.append(entry);
      pace.end();
    } catch (IOException | RuntimeException e) {
      fail(e);
      batch.dropped(Failure.UNKNOWN);
      return;
    }
    log.replica.apply(batch.entry(), batch);
    try {
      log.snapshots.applied(entry.length, applied, log.replica);
    } catch (IOException e) {
      fail(e);
    }
  }

  /** From here on nothing is answered, so that nobody is told what may not be kept. */
  private void fail(Exception cause) {
    failed = true;
    started().replica.follow();
    onFailure.accept(cause);
  }

  @Override
  public boolean isPrompt() {
    return pace.isPrompt();
  }

  @Override
  public long stalledNanos() {
    return pace.stalledNanos();
  }

  @Override
  public void read(List<Read> reads) {
    if (failed) {
      reads.forEach(read -> read.failed(Failure.NOT_LEADER));
    } else {
      started().replica.serve(reads);
    }
  }

  @Override
  public void readStale(List<Read> reads) {
    started().replica.serve(reads);
  }

  @Override
  public void confirmLeadership(Runnable confirmed, Runnable denied) {
    (failed ? denied : confirmed).run();
  }

  @Override
  public Cluster cluster() {
    return cluster;
  }

  @Override
  public void close() {
    Started log = started;
    try {
      if (log != null) {
        log.snapshots.close();
        log.segments.close();
      }
    } catch (IOException e) {
      LOG.warn("The log in {} was not closed cleanly", options.directory(), e);
    } finally {
      directory.close();
    }
  }

  private Started started() {
    Started current = started;
    if (current == null) {
      throw new IllegalStateException("not started");
    }
    return current;
  }

  private record Started(Replica replica, Segments segments, Snapshots snapshots) {}
}
