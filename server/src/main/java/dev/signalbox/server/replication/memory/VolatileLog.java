package dev.signalbox.server.replication.memory;

import dev.signalbox.server.replication.Batch;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.CommandLog;
import dev.signalbox.server.replication.LoneNode;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.replication.Replica;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing: an entry is applied where it is submitted, and a restart starts afresh. For limits
 * that may do so, and for tests. Always leads.
 */
public final class VolatileLog implements CommandLog {
  private @Nullable Replica replica;

  /** An empty log. */
  public VolatileLog() {}

  @Override
  public int maxInFlight() {
    return 1;
  }

  @Override
  public void start(Replica replica) {
    this.replica = replica;
    replica.lead();
  }

  @Override
  public void submit(Batch batch) {
    started().apply(batch.entry(), batch);
  }

  @Override
  public void read(List<Read> reads) {
    started().serve(reads);
  }

  @Override
  public void readStale(List<Read> reads) {
    read(reads);
  }

  @Override
  public void confirmLeadership(Runnable confirmed, Runnable denied) {
    confirmed.run();
  }

  @Override
  public Cluster cluster() {
    return new LoneNode("n1", "the log of this node is not shared with others", () -> -1, () -> 0);
  }

  @Override
  public void close() {}

  private Replica started() {
    Replica started = replica;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }
}
