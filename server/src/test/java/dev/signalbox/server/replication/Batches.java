package dev.signalbox.server.replication;

import dev.signalbox.server.core.Entry;
import java.util.List;

/** Batches that nobody waits for. */
public final class Batches {
  private Batches() {}

  /** One with this entry. */
  public static Batch of(Entry entry) {
    return new Batch(entry, List.of(), () -> {});
  }
}
