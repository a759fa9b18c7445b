package dev.signalbox.server.replication;

import dev.signalbox.server.core.Machine;

/**
 * A linearizable read: it sees everything that was acknowledged before it was handed in. Both
 * methods run on the apply thread and must not block.
 */
public interface Read {
  /**
   * Looks at the machine.
   *
   * @param machine not to be kept
   * @param now the log time to look from
   */
  void run(Machine machine, long now);

  /** The read cannot be served here. */
  void failed(Failure why);
}
