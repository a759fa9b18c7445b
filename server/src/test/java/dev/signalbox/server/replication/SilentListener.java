package dev.signalbox.server.replication;

import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Outcome;

/** Does nothing with what it hears; tests override what they are about. */
public class SilentListener implements OutcomeListener {
  @Override
  public void leading(Machine machine) {}

  @Override
  public void following() {}

  @Override
  public void answered(Outcome.Answer answer) {}

  @Override
  public void recalled(Outcome.Recalled recalled) {}

  @Override
  public void creditRecalled(Outcome.CreditRecalled recalled) {}

  @Override
  public void ended(Outcome.SessionEnded ended) {}

  @Override
  public void entryApplied() {}
}
