package dev.signalbox.client.limit;

import dev.signalbox.client.Permit;
import java.util.Optional;

/**
 * A call's leave to go on, until it is closed: at the end of the call, however that ends.
 * Thread-safe.
 */
public non-sealed interface Admission extends Decision, AutoCloseable {
  /** On what grounds a call was let in. */
  enum Grounds {
    /** The service granted its permits. */
    GRANTED,
    /** The service could not be reached, and the limiter is one that then lets everything in. */
    OPEN,
    /** The service could not be reached, and the process's own share had room. */
    LOCAL,
    /** The limiter is a shadow and lets everything in. */
    SHADOW
  }

  /** On what grounds the call was let in. */
  Grounds grounds();

  /**
   * What was granted, if {@linkplain Grounds#GRANTED anything was}: for those who must know when it
   * is lost (L4), or who check its epochs (A8). Not to be given back but by {@link #close}.
   */
  Optional<Permit> permit();

  @Override
  default Admission orThrow() {
    return this;
  }

  /** Ends the call: what it holds goes back, without waiting for an answer. Idempotent. */
  @Override
  void close();
}
