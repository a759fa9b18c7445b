package dev.signalbox.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The terminal that this process was started from, if there is one. */
final class Terminal {
  private static final Path STATUS = Path.of("/proc/self/stat");
  private static final int GROUP = 2;
  private static final int TERMINAL = 4;
  private static final int FOREGROUND_GROUP = 5;

  private Terminal() {}

  /**
   * Whether its interrupt key reaches this process, and its children with it. Where the system does
   * not tell, it is taken not to.
   */
  static boolean isInForeground() {
    try {
      return isInForeground(Files.readString(STATUS));
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads it off the status line; what comes before is a name that may contain anything. */
  static boolean isInForeground(String status) {
    String[] fields = status.substring(status.lastIndexOf(')') + 1).strip().split(" ", -1);
    return !fields[TERMINAL].equals("0") && fields[GROUP].equals(fields[FOREGROUND_GROUP]);
  }
}
