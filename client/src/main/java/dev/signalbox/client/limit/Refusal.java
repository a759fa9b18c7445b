package dev.signalbox.client.limit;

import java.time.Duration;

/**
 * A call that may not go on. Nothing was taken for it.
 *
 * @param limiter the limiter's name
 * @param cause why
 * @param retryAfter when it makes sense to try again, from now: for limits on rate the time in
 *     which the permits of one call come back, at least 1 ms; with a limit on concurrency among
 *     them, as which of them it was is not known, at least what the limiter was told to say; and
 *     just that if the service cannot be reached
 */
public record Refusal(String limiter, Cause cause, Duration retryAfter) implements Decision {
  /** Why a call was refused. */
  public enum Cause {
    /** The limits are reached. */
    LIMIT,
    /** The service could not be reached, and the limiter is one that then lets nothing in. */
    UNAVAILABLE,
    /** The service could not be reached, and the process's own share is used up. */
    LOCAL_LIMIT
  }

  @Override
  public Admission orThrow() {
    throw new LimitExceededException(this);
  }
}
