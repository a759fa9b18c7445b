package dev.signalbox.server;

/** An option is unknown or impossible; the message is one line that says which and why. */
public final class InvalidOption extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidOption(String message) {
    super(message);
  }
}
