package dev.signalbox.client;

import dev.signalbox.client.SignalboxException.Conclusion;

/** Failures as the client makes them, for tests that play the client. */
public final class Refusals {
  private Refusals() {}

  /** A signal would lift a count above max (R2). */
  public static SignalboxException tooManyPosts() {
    return new SignalboxException.TooManyPosts("the count of 'a/full' would exceed max", 1);
  }

  /** A mutex that the session does not own was to be released (M4). */
  public static SignalboxException notHeld() {
    return new SignalboxException.NotHeld("'a/m' is not held by the session", 0);
  }

  /** The session was lost while the release was in flight. */
  public static SignalboxException sessionLost() {
    return new SignalboxException.SessionLost("the session was lost", Conclusion.UNKNOWN);
  }

  /** The client was closed. */
  public static SignalboxException clientClosed() {
    return new SignalboxException.ClientClosed(Conclusion.UNKNOWN);
  }
}
