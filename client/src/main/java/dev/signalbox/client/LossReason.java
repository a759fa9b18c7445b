package dev.signalbox.client;

/** Why permits are no longer held although nobody gave them back. */
public enum LossReason {
  /** The session was lost: it expired, was ended, or fenced itself (L2, L4). */
  SESSION_LOST,
  /** The permits reached their maximum hold time (A10). */
  HOLD_LIMIT,
  /** The semaphore was deleted by force (O5). */
  SEMAPHORE_DELETED,
  /** Given back elsewhere, by a holder of the id; or no longer known. */
  NO_LONGER_KNOWN
}
