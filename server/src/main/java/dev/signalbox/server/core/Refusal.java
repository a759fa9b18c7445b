package dev.signalbox.server.core;

/** Why the machine refused a request. A refused request changed nothing. */
public enum Refusal {
  /**
   * A field does not fit the state it meets: more permits than {@code max_count}, say. Detail: what
   * is wrong.
   */
  INVALID_FIELD,
  /**
   * No semaphore has this name, or it was deleted while the request waited (O4, O5). Subject: the
   * name.
   */
  SEMAPHORE_NOT_FOUND,
  /** The name exists with another configuration (O2). Subject: the name. */
  SEMAPHORE_EXISTS,
  /** The name belongs to another kind of object (O4). Subject: the name. Detail: the kind. */
  WRONG_KIND,
  /** Holders or waiters are in the way of a deletion (O5). Subject: the name. */
  SEMAPHORE_IN_USE,
  /** The count would exceed {@code max_count} (R2). Subject: the name. */
  TOO_MANY_POSTS,
  /**
   * The semaphore is owner-only and the session does not hold that many (O8). Subject: the name.
   */
  NOT_HELD_BY_SESSION,
  /** The session is unknown or has ended (L2). */
  SESSION_LOST,
  /** The reply to this number is no longer kept (E1). */
  REQUEST_FORGOTTEN,
  /** A limit is reached (Q3). Subject: its name. Detail: its value. */
  QUOTA_EXCEEDED
}
