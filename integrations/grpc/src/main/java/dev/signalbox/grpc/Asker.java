package dev.signalbox.grpc;

import dev.signalbox.client.limit.Admission;
import io.grpc.StatusRuntimeException;

/** Who asks a {@link Question}: a call. */
interface Asker {
  /** The call is let in, and is now to close the admission. */
  void admitted(Admission admission);

  /** The call is refused, or nothing could be decided; either way it holds nothing. */
  void refused(StatusRuntimeException why);
}
