package dev.signalbox.client.internal;

import java.util.Map;

/**
 * Why a call was not carried out, as the link knows it.
 *
 * @param reason the service's reason (see errors.proto) or one of the constants
 * @param message for people
 * @param uncertain true: it may have been carried out
 * @param details what the service says beside the reason
 */
public record Failure(
    String reason, String message, boolean uncertain, Map<String, String> details) {
  /** The session is gone. */
  public static final String SESSION_LOST = "SESSION_LOST";

  /** No server could be reached. */
  public static final String UNAVAILABLE = "UNAVAILABLE";

  /** The client is closed. */
  public static final String CLIENT_CLOSED = "CLIENT_CLOSED";

  /** Copies the details. */
  public Failure {
    details = Map.copyOf(details);
  }

  static Failure sessionLost(boolean uncertain) {
    return new Failure(SESSION_LOST, "the session was lost", uncertain, Map.of());
  }

  static Failure unavailable(String message) {
    return new Failure(UNAVAILABLE, message, false, Map.of());
  }

  static Failure unanswered() {
    String message = "the connection broke before the answer came";
    return new Failure(UNAVAILABLE, message, true, Map.of());
  }

  static Failure closed(boolean uncertain) {
    return new Failure(CLIENT_CLOSED, "the client is closed", uncertain, Map.of());
  }

  /** What was said beside the reason under this key; empty if nothing was. */
  public String detail(String key) {
    return details.getOrDefault(key, "");
  }
}
