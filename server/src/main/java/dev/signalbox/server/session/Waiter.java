package dev.signalbox.server.session;

import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.replication.Failure;

/** Someone other than the session's stream who waits for the answer to one of its requests. */
public interface Waiter {
  /** The answer. */
  void answered(Outcome.Answer answer);

  /** The session has ended; there will be no answer. */
  void sessionLost();

  /** This node will not answer. */
  void failed(Failure why);
}
