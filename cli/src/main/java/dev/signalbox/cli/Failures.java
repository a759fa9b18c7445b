package dev.signalbox.cli;

import dev.signalbox.client.SignalboxException;
import dev.signalbox.client.SignalboxException.AlreadyExists;
import dev.signalbox.client.SignalboxException.ClientClosed;
import dev.signalbox.client.SignalboxException.Conclusion;
import dev.signalbox.client.SignalboxException.GrantExpired;
import dev.signalbox.client.SignalboxException.InUse;
import dev.signalbox.client.SignalboxException.InvalidArgument;
import dev.signalbox.client.SignalboxException.NotFound;
import dev.signalbox.client.SignalboxException.NotHeld;
import dev.signalbox.client.SignalboxException.QuotaExceeded;
import dev.signalbox.client.SignalboxException.SessionLost;
import dev.signalbox.client.SignalboxException.TooManyPosts;
import dev.signalbox.client.SignalboxException.Unavailable;

/** Says in one line what went wrong and what to do about it. */
final class Failures {
  /** The command line makes no sense in a way that its parser does not see. */
  static final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
      super(message);
    }
  }

  private Failures() {}

  /** Reports a failure and returns the exit code for it. */
  static int report(Exception failure, Output output) {
    if (failure instanceof InterruptedException || failure instanceof ClientClosed) {
      return ExitCode.INTERRUPTED;
    }
    output.say(message(failure) + advice(failure));
    return code(failure);
  }

  private static String message(Exception failure) {
    boolean foundNone =
        failure instanceof Unavailable none && none.conclusion() == Conclusion.NOT_DONE;
    return foundNone ? "no server answered within --timeout" : String.valueOf(failure.getMessage());
  }

  private static String advice(Exception failure) {
    if (failure instanceof Unavailable) {
      return "; is the server up, and is --target (or SIGNALBOX_TARGET) right?";
    } else if (failure instanceof NotFound) {
      return "; 'signalbox list' shows what there is, 'signalbox create' makes one";
    } else if (failure instanceof AlreadyExists) {
      return "; 'signalbox get' shows it, --if-exists update changes what can be changed";
    } else if (failure instanceof InUse) {
      return "; 'signalbox get' shows by whom, --force deletes it all the same";
    } else if (failure instanceof NotHeld) {
      return "; give back what 'acquire' gave with --grant ID";
    } else if (failure instanceof TooManyPosts) {
      return "; nothing was released";
    } else if (failure instanceof QuotaExceeded) {
      return "; try again later";
    }
    return "";
  }

  private static int code(Exception failure) {
    if (failure instanceof Misuse || failure instanceof InvalidArgument) {
      return ExitCode.USAGE;
    } else if (failure instanceof Unavailable) {
      return ExitCode.UNAVAILABLE;
    } else if (failure instanceof QuotaExceeded) {
      return ExitCode.NOT_NOW;
    } else if (failure instanceof SessionLost || failure instanceof GrantExpired) {
      return ExitCode.LOST;
    }
    return failure instanceof SignalboxException ? ExitCode.FAILED : ExitCode.FAULT;
  }
}
