package dev.signalbox.server.ratelimit;

import dev.signalbox.server.core.Result;
import dev.signalbox.server.replication.Failure;

/**
 * Hears what came of a request; one of the three is called, once. On the apply thread, or on the
 * asking one; none may block.
 */
public interface LimitDecision {
  /** The request was judged. */
  void decided(Verdict verdict);

  /** The machine refused: no room for another semaphore, say, or a name that is something else. */
  void refused(Result.Refused why);

  /** It was not judged here. */
  void failed(Failure why);
}
