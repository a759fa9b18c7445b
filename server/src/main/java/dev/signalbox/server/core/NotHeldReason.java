package dev.signalbox.server.core;

/** Why a grant is no longer held, where that is still known (R4). */
public enum NotHeldReason {
  /** Released before, never granted, or too long ago to know. */
  UNKNOWN,
  /** Its session ended (L2, L6). */
  SESSION_ENDED,
  /** It was held for its maximum time (A10). */
  HOLD_LIMIT,
  /** Its semaphore was deleted (O5). */
  SEMAPHORE_DELETED
}
