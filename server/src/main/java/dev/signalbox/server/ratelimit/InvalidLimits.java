package dev.signalbox.server.ratelimit;

/** The rules cannot be read; the message is one line that says where and why. */
public final class InvalidLimits extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidLimits(String message) {
    super(message);
  }

  InvalidLimits(String message, Throwable cause) {
    super(message, cause);
  }
}
