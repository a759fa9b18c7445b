package dev.signalbox.client.limit;

/** What a {@link Limiter} says about one call: it is let in, or refused. */
public sealed interface Decision permits Admission, Refusal {
  /** Whether the call is let in. */
  default boolean isAdmitted() {
    return this instanceof Admission;
  }

  /**
   * The admission.
   *
   * @throws LimitExceededException if this is a refusal
   */
  Admission orThrow();
}
