package dev.signalbox.server.replication.ratis;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The log cannot be opened as it is. The message says what to do, in words for the operator. */
public final class UnusableLog extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableLog(String message) {
    super(message);
  }

  UnusableLog(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
