package dev.signalbox.server.replication.ratis;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The log cannot be opened as it is. The message says what to do, in words for the operator. */
public class UnusableLog extends IOException {
  /** What ends the message when something is damaged or missing. */
  static final String WHAT_TO_DO =
      ", so this node does not start. If it is one of a cluster, replace it by a new node with an"
          + " empty data directory; if it is alone, restore the data directory from a backup";

  private static final long serialVersionUID = 1L;

  UnusableLog(String message) {
    super(message);
  }

  UnusableLog(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whatever kept a log from being opened, in words for the operator. */
  static UnusableLog of(Path directory, Throwable problem) {
    Throwable cause = problem;
    while (cause.getCause() != null && !(cause instanceof UnusableLog)) {
      cause = cause.getCause();
    }
    return cause instanceof UnusableLog known
        ? known
        : new UnusableLog("the log in " + directory + " cannot be opened: " + cause, problem);
  }
}
