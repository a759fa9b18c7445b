package dev.signalbox.server.replication;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.replication.codec.SnapshotCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A second copy of the state, empty at first, that goes through the same entries as the {@link
 * Replica} and so comes to the same state; nobody hears of it. For one thread.
 */
public final class StateCopy implements Snapshot {
  private Machine machine = new Machine();

  /** Continues from a snapshot. */
  public void readFrom(InputStream snapshot) throws IOException {
    machine = SnapshotCodec.read(snapshot);
  }

  /** Applies the next entry of the log. */
  public void apply(Entry entry) {
    machine.apply(entry);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    SnapshotCodec.write(machine, out);
  }
}
