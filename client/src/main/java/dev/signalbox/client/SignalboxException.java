package dev.signalbox.client;

/**
 * Why a call failed. Programs decide by the type (or {@link #reason}, which is stable) and by
 * {@link #conclusion}; people read the message.
 */
public abstract sealed class SignalboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What the caller may conclude from a failure. */
  public enum Conclusion {
    /** Certainly nothing of it is in effect: nothing is held by it and nothing was released. */
    NOT_DONE,
    /** Done or not, unknown. */
    UNKNOWN
  }

  private final String reason;
  private final Conclusion conclusion;

  private SignalboxException(String reason, String message, Conclusion conclusion) {
    super(message);
    this.reason = reason;
    this.conclusion = conclusion;
  }

  private SignalboxException(String reason, String message) {
    this(reason, message, Conclusion.NOT_DONE);
  }

  /** A word in capitals that does not change between versions. */
  public final String reason() {
    return reason;
  }

  /** What may be concluded. */
  public final Conclusion conclusion() {
    return conclusion;
  }

  /** A value is malformed or out of range. */
  public static final class InvalidArgument extends SignalboxException {
    private static final long serialVersionUID = 1L;
    private final String field;

    InvalidArgument(String field, String why) {
      super("INVALID_FIELD", field + " " + why);
      this.field = field;
    }

    /** The path of the field, such as {@code acquire.parts[1].permits}. */
    public String field() {
      return field;
    }
  }

  /** No semaphore has this name, or it was deleted while the call waited (O4, O5). */
  public static final class NotFound extends SignalboxException {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
      super("SEMAPHORE_NOT_FOUND", message);
    }
  }

  /** The name exists with another configuration (O2). */
  public static final class AlreadyExists extends SignalboxException {
    private static final long serialVersionUID = 1L;

    AlreadyExists(String message) {
      super("SEMAPHORE_EXISTS", message);
    }
  }

  /** The name belongs to an object of another kind (O4). */
  public static final class WrongKind extends SignalboxException {
    private static final long serialVersionUID = 1L;

    WrongKind(String message) {
      super("WRONG_KIND", message);
    }
  }

  /** The semaphore has holders or waiters and was not to be deleted by force (O5). */
  public static final class InUse extends SignalboxException {
    private static final long serialVersionUID = 1L;

    InUse(String message) {
      super("SEMAPHORE_IN_USE", message);
    }
  }

  /** The handle was opened with fewer rights than this takes (X2). Nothing was sent. */
  public static final class AccessDenied extends SignalboxException {
    private static final long serialVersionUID = 1L;
    private final AccessRight right;
    private final String semaphore;

    AccessDenied(AccessRight right, String semaphore) {
      super("ACCESS_DENIED", "this handle of '" + semaphore + "' lacks the right " + right);
      this.right = right;
      this.semaphore = semaphore;
    }

    /** The right that is missing; of several the first. */
    public AccessRight right() {
      return right;
    }

    /** The name of the semaphore. */
    public String semaphore() {
      return semaphore;
    }
  }

  /** The release would lift the count above max (R2). */
  public static final class TooManyPosts extends SignalboxException {
    private static final long serialVersionUID = 1L;
    private final int item;

    TooManyPosts(String message, int item) {
      super("TOO_MANY_POSTS", message);
      this.item = item;
    }

    /** Index of the item that was refused (R3); 0 if there was but one. */
    public int item() {
      return item;
    }
  }

  /** The semaphore takes back held permits only, and the session does not hold as many (O8). */
  public static final class NotHeld extends SignalboxException {
    private static final long serialVersionUID = 1L;
    private final int item;

    NotHeld(String message, int item) {
      super("NOT_HELD_BY_SESSION", message);
      this.item = item;
    }

    /** Index of the item that was refused (R3); 0 if there was but one. */
    public int item() {
      return item;
    }
  }

  /**
   * The session was lost while the call was in flight (L2, L4). Of an acquire that would have held
   * its permits the conclusion is {@link Conclusion#NOT_DONE}: whatever it was granted went with
   * the session.
   */
  public static final class SessionLost extends SignalboxException {
    private static final long serialVersionUID = 1L;

    SessionLost(String message, Conclusion conclusion) {
      super("SESSION_LOST", message, conclusion);
    }
  }

  /** The permit is no longer held although the session lives. */
  public static final class GrantExpired extends SignalboxException {
    private static final long serialVersionUID = 1L;

    GrantExpired(String message) {
      super("GRANT_EXPIRED", message);
    }
  }

  /** A limit that keeps the service's memory bounded is reached (Q3). */
  public static final class QuotaExceeded extends SignalboxException {
    private static final long serialVersionUID = 1L;
    private final String quota;

    QuotaExceeded(String message, String quota) {
      super("QUOTA_EXCEEDED", message);
      this.quota = quota;
    }

    /** The name of the limit. */
    public String quota() {
      return quota;
    }
  }

  /**
   * No server answered within the client's patience. The conclusion is {@link Conclusion#NOT_DONE},
   * except of {@link StandaloneGrants#acquire}.
   */
  public static final class Unavailable extends SignalboxException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message) {
      this(message, Conclusion.NOT_DONE);
    }

    Unavailable(String message, Conclusion conclusion) {
      super("UNAVAILABLE", message, conclusion);
    }
  }

  /** The client was closed before the call was answered (L6). */
  public static final class ClientClosed extends SignalboxException {
    private static final long serialVersionUID = 1L;

    ClientClosed(Conclusion conclusion) {
      super("CLIENT_CLOSED", "the client is closed", conclusion);
    }
  }

  /** The service refused for a reason of its own; {@link #reason} has its name. */
  public static final class Refused extends SignalboxException {
    private static final long serialVersionUID = 1L;

    Refused(String reason, String message, Conclusion conclusion) {
      super(reason, message, conclusion);
    }
  }
}
