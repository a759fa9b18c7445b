package dev.signalbox.cli.run;

import java.io.IOException;
import java.util.Locale;

/** The command could not be started. The message is one line for people. */
public final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;
  private static final String NOT_FOUND = "error=2,";
  private static final int CANNOT_EXECUTE = 126;
  private static final int COMMAND_NOT_FOUND = 127;

  private final int exitCode;

  private CannotStart(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  static CannotStart because(String command, IOException cause) {
    String message = String.valueOf(cause.getMessage());
    String reason = message.substring(message.lastIndexOf(", ") + 1).strip();
    return new CannotStart(
        "cannot run '" + command + "': " + reason.toLowerCase(Locale.ROOT),
        message.contains(NOT_FOUND) ? COMMAND_NOT_FOUND : CANNOT_EXECUTE);
  }

  static CannotStart afterSignal(int exitCode) {
    return new CannotStart("a signal came before the command was started", exitCode);
  }

  /** As of a shell: 127 not found, 126 cannot be executed, 128 and a signal's number. */
  public int exitCode() {
    return exitCode;
  }
}
