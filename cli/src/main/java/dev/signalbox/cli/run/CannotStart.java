package dev.signalbox.cli.run;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command could not be started. The message is one line for people. */
public final class CannotStart extends Exception {
  private static final long serialVersionUID = 1L;

  /** "error=2, No such file or directory", or "error: 2 (No such file or directory)" since 25. */
  private static final Pattern SYSTEM_ERROR = Pattern.compile("error[=:] ?(\\d+),? \\(?([^)]*)");

  private static final String NOT_FOUND = "2";
  private static final int CANNOT_EXECUTE = 126;
  private static final int COMMAND_NOT_FOUND = 127;

  private final int exitCode;

  private CannotStart(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  static CannotStart because(String command, IOException cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher error = SYSTEM_ERROR.matcher(message);
    boolean known = error.find();
    String reason = known ? error.group(2) : message;
    return new CannotStart(
        "cannot run '" + command + "': " + reason.strip().toLowerCase(Locale.ROOT),
        known && error.group(1).equals(NOT_FOUND) ? COMMAND_NOT_FOUND : CANNOT_EXECUTE);
  }

  static CannotStart afterSignal(int exitCode) {
    return new CannotStart("a signal came before the command was started", exitCode);
  }

  /** As of a shell: 127 not found, 126 cannot be executed, 128 and a signal's number. */
  public int exitCode() {
    return exitCode;
  }
}
