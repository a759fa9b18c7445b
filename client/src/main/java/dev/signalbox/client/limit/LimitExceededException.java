package dev.signalbox.client.limit;

/** A {@link Limiter} refused the call. Nothing was taken for it, so it can be tried again. */
public final class LimitExceededException extends RuntimeException {
  private final transient Refusal refusal;

  /** An exception for this refusal. */
  public LimitExceededException(Refusal refusal) {
    super("limiter '" + refusal.limiter() + "' refused the call: " + refusal.cause());
    this.refusal = refusal;
  }

  /** Why, and when to try again. */
  public Refusal refusal() {
    return refusal;
  }
}
