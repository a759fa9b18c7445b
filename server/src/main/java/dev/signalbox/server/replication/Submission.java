package dev.signalbox.server.replication;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Outcome;
import java.util.List;

/**
 * Commands that are handed in together and applied one after the other in one entry. Either {@link
 * #applied} is called, after {@link #answered} for each command that was answered at once, or
 * {@link #failed}; all of them on the apply thread, and none may block.
 */
public abstract class Submission {
  private final List<Command> commands;
  private final long bytes;
  private boolean waits;

  /**
   * Takes over the list.
   *
   * @param commands the commands; not to be changed any more
   */
  protected Submission(List<Command> commands) {
    this.commands = commands;
    this.bytes = EntrySize.of(commands);
  }

  /** Commands that are handed in for their effect alone: nobody waits for an answer. */
  public static Submission unanswered(List<Command> commands) {
    return new Unanswered(commands);
  }

  /** The commands. */
  public final List<Command> commands() {
    return commands;
  }

  /** What the commands take in an entry, in bytes; rather too much than too little. */
  final long bytes() {
    return bytes;
  }

  /**
   * The sequencer has taken the submission out of its queue: the submitter, who was told to wait by
   * {@link Sequencer#submit}, may hand in the next one.
   */
  protected void taken() {}

  /**
   * A command was answered.
   *
   * @param index the command's place in this submission
   * @param answer the answer; its own index is the place in the entry
   */
  protected abstract void answered(int index, Outcome.Answer answer);

  /** The entry was applied, and what could be answered at once has been. */
  protected void applied() {}

  /** The submission will not be answered. */
  protected abstract void failed(Failure why);

  final void waitForTurn() {
    waits = true;
  }

  /** Whoever hands it in waits until it is {@link #taken}. */
  final boolean waits() {
    return waits;
  }

  final void take() {
    if (waits) {
      taken();
    }
  }

  private static final class Unanswered extends Submission {
    Unanswered(List<Command> commands) {
      super(commands);
    }

    @Override
    protected void answered(int index, Outcome.Answer answer) {}

    @Override
    protected void failed(Failure why) {}
  }
}
