package dev.signalbox.server.core;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The state machine. */
public final class Machine {
  /** An empty machine at log time 0. */
  public Machine() {}

  /**
   * Applies one entry: first everything that is due by its time, in the order of time, then its
   * commands.
   */
  public List<Outcome> apply(Entry entry) {
    throw new UnsupportedOperationException();
  }

  /** Log time of the last entry, in microseconds. */
  public long now() {
    throw new UnsupportedOperationException();
  }

  /**
   * The log time at which something falls due without a command; {@link Long#MAX_VALUE} if nothing
   * waits for time.
   */
  public long nextDeadline() {
    throw new UnsupportedOperationException();
  }

  /**
   * A semaphore as it would be at the given log time, with at most so many holders and waiters
   * listed; null if missing.
   */
  public @Nullable SemaphoreView semaphore(String name, long at, int maxListed) {
    throw new UnsupportedOperationException();
  }

  /**
   * Semaphores by name: those that begin with the prefix and come after the given name, at most so
   * many.
   */
  public List<SemaphoreView> semaphores(String prefix, String after, int max, long at) {
    throw new UnsupportedOperationException();
  }

  /** A session by its id; null if it is unknown or has ended. */
  public @Nullable SessionView session(SessionId id) {
    throw new UnsupportedOperationException();
  }

  /** The session that holds a grant; null if the grant is not held. */
  public @Nullable SessionView holder(GrantId grant) {
    throw new UnsupportedOperationException();
  }

  /** Sessions in the order of opening, those after the given sequence, at most so many. */
  public List<SessionView> sessions(long after, int max) {
    throw new UnsupportedOperationException();
  }

  /** Writes the whole state, as a sequence of images that {@link #restore} reads back. */
  public void writeTo(Consumer<Image> out) {
    throw new UnsupportedOperationException();
  }

  /** Reads back what {@link #writeTo} wrote. */
  public static Machine restore(Iterator<Image> images) {
    throw new UnsupportedOperationException();
  }
}
