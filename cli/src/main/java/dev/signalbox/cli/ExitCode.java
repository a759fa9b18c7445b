package dev.signalbox.cli;

/** What the command's exit codes mean. Documented in docs/cli.md; they do not change. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** The service refused, or something failed. */
  static final int FAILED = 1;

  /** The command line, or a value on it, makes no sense. */
  static final int USAGE = 2;

  /** No server answered (EX_UNAVAILABLE). */
  static final int UNAVAILABLE = 69;

  /** A fault of this program (EX_SOFTWARE). */
  static final int FAULT = 70;

  /** Not acquired in time, or too much is asked of the service for now (EX_TEMPFAIL). */
  static final int NOT_NOW = 75;

  /** The permits were lost: the command was stopped, or the grant is no longer held. */
  static final int LOST = 79;

  /** Ended by an interrupt. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
