package dev.signalbox.server.transport;

/** A frame breaks the session protocol; the message says how. */
final class ProtocolViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProtocolViolation(String why) {
    super(why, null, false, false);
  }

  static void unless(boolean condition, String why) {
    if (!condition) {
      throw new ProtocolViolation(why);
    }
  }
}
