package dev.signalbox.server.replication;

import dev.signalbox.server.core.Entry;
import dev.signalbox.server.core.Outcome;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An entry on its way through the log, with those who wait for it. */
public final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final Entry entry;
  private final List<Submission> submissions;
  private final Runnable landed;

  Batch(Entry entry, List<Submission> submissions, Runnable landed) {
    this.entry = entry;
    this.submissions = submissions;
    this.landed = landed;
  }

  /** What the log is to append. */
  public Entry entry() {
    return entry;
  }

  /** The log will not deliver the entry to this node as its own. */
  public void dropped(Failure why) {
    for (Submission submission : submissions) {
      guarded(() -> submission.failed(why));
    }
    landed.run();
  }

  /** Tells everybody what came of the entry, in the order in which it came about. */
  void deliver(List<Outcome> outcomes, OutcomeListener listener) {
    Cursor cursor = new Cursor(submissions);
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      try {
        if (!(outcome instanceof Outcome.Answer answer && cursor.answer(answer))) {
          tell(outcome, listener);
        }
      } catch (RuntimeException e) {
        LOG.error("An outcome could not be told: {}", outcome, e);
      }
    }
    for (Submission submission : submissions) {
      guarded(submission::applied);
    }
    guarded(listener::entryApplied);
    landed.run();
  }

  static void tell(Outcome outcome, OutcomeListener listener) {
    if (outcome instanceof Outcome.Answer answer) {
      listener.answered(answer);
    } else if (outcome instanceof Outcome.Recalled recalled) {
      listener.recalled(recalled);
    } else if (outcome instanceof Outcome.CreditRecalled recalled) {
      listener.creditRecalled(recalled);
    } else if (outcome instanceof Outcome.SessionEnded ended) {
      listener.ended(ended);
    }
  }

  /** Whoever fails to hear must not keep others from hearing. */
  static void guarded(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      LOG.error("A submission failed to hear its outcome", e);
    }
  }

  /** Finds the submission of each answer; the indexes of answers ascend. */
  private static final class Cursor {
    private final List<Submission> submissions;
    private int at;
    private int offset;

    Cursor(List<Submission> submissions) {
      this.submissions = submissions;
    }

    boolean answer(Outcome.Answer answer) {
      if (answer.index() < 0) {
        return false;
      }
      while (answer.index() - offset >= submissions.get(at).commands().size()) {
        offset += submissions.get(at).commands().size();
        at++;
      }
      submissions.get(at).answered(answer.index() - offset, answer);
      return true;
    }
  }
}
