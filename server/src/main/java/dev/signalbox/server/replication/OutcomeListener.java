package dev.signalbox.server.replication;

import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Outcome;

/**
 * Hears, on the leader, what is nobody's direct answer. Every method runs on the apply thread and
 * must not block.
 */
public interface OutcomeListener {
  /**
   * This node leads from here on, and has applied everything that earlier leaders wrote.
   *
   * @param machine the state to begin with; not to be kept
   */
  void leading(Machine machine);

  /** This node no longer leads; no outcome is told until it does again. */
  void following();

  /** An acquire that had to wait was answered. */
  void answered(Outcome.Answer answer);

  /** A grant was taken back. */
  void recalled(Outcome.Recalled recalled);

  /** A credit was recalled. */
  void creditRecalled(Outcome.CreditRecalled recalled);

  /** A session ended. */
  void ended(Outcome.SessionEnded ended);

  /** Everything that came of one entry has been told. */
  void entryApplied();
}
