package dev.signalbox.server.replication.codec;

/** Bytes that this release cannot read: a later one wrote them, or they are no log at all. */
public final class UnknownFormat extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnknownFormat(String problem) {
    super(problem);
  }

  UnknownFormat(String problem, Throwable cause) {
    super(problem, cause);
  }
}
