package dev.signalbox.server.replication;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Image;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.replication.codec.SnapshotCodec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of the state, driven by the log. Everything runs on the apply thread, one call
 * at a time.
 */
public final class Replica {
  private final OutcomeListener listener;
  private final Sequencer sequencer;
  private Machine machine = new Machine();
  private boolean leads;

  Replica(OutcomeListener listener, Sequencer sequencer) {
    this.listener = listener;
    this.sequencer = sequencer;
  }

  /**
   * Applies the next entry of the log.
   *
   * @param own the batch that this node submitted it with, or null if another node did
   */
  public void apply(Entry entry, @Nullable Batch own) {
    List<Outcome> outcomes = machine.apply(entry);
    sequencer.deadline(machine.nextDeadline());
    if (own != null) {
      own.deliver(outcomes, listener);
    } else if (leads) {
      outcomes.forEach(outcome -> Batch.tell(outcome, listener));
      listener.entryApplied();
    }
  }

  /** Serves reads from the state as it is: as of now, or as of the last entry if another leads. */
  public void serve(List<Read> reads) {
    long now = leads ? Math.max(machine.now(), sequencer.logTime()) : machine.now();
    for (Read read : reads) {
      Batch.guarded(() -> read.run(machine, now));
    }
  }

  /** This node leads from here on, and has applied everything before. */
  public void lead() {
    leads = true;
    listener.leading(machine);
    sequencer.lead(machine.now(), machine.nextDeadline());
  }

  /** This node no longer leads. */
  public void follow() {
    leads = false;
    sequencer.follow();
    listener.following();
  }

  /** Whether the state has more pieces than so many; see {@link Machine#isLargerThan}. */
  public boolean isLargerThan(long pieces) {
    return machine.isLargerThan(pieces);
  }

  /** Copies the state as it is, to be written by another thread. */
  public Snapshot snapshot() {
    List<Image> images = new ArrayList<>();
    machine.writeTo(images::add);
    return out -> SnapshotCodec.write(images::forEach, out);
  }

  /** Replaces the state by a snapshot's. */
  public void readFrom(InputStream snapshot) throws IOException {
    machine = SnapshotCodec.read(snapshot);
  }
}
