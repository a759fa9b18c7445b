package dev.signalbox.server.replication;

import java.io.IOException;
import java.io.OutputStream;

/** The whole state as it was at one moment; may be written once, on any one thread. */
public interface Snapshot {
  /** Writes the state; does not close the stream. */
  void writeTo(OutputStream out) throws IOException;
}
