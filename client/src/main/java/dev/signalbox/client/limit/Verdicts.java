package dev.signalbox.client.limit;

import dev.signalbox.client.Permit;

/**
 * What is made of a question's answer. First {@link #decided} is called, then one of the others.
 */
interface Verdicts {
  /** There is an answer, or the question was given up; then nothing else is called. */
  void decided();

  /** The service granted it. */
  Decision granted(Permit permit);

  /** The limits are reached. */
  Decision refused();

  /** The service is out of reach. */
  Decision outOfReach(String[] names);

  /** The service refused for another reason. */
  void failed(Throwable cause);
}
