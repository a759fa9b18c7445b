package dev.signalbox.client.internal;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of calls under way bounded: whoever makes one too many waits for room. Calls
 * that may wait long and calls that are answered at once have a lane each, so that acquires that
 * wait can never keep the releases out that they wait for. Thread-safe.
 */
final class Lanes {
  /** What sort a call is of. */
  enum Kind {
    /** May wait on the server. */
    WAITING,
    /** Is answered at once. */
    PROMPT,
    /** Follows from a call that had its room: needs none of its own. */
    FREE
  }

  private static final int ROOM = 32_768;

  private final Semaphore waiting = new Semaphore(ROOM);
  private final Semaphore prompt = new Semaphore(ROOM);

  void enter(Call<?> call) throws InterruptedException {
    Semaphore lane = of(call);
    if (lane != null) {
      lane.acquire();
    }
  }

  void enterUninterruptibly(Call<?> call) {
    Semaphore lane = of(call);
    if (lane != null) {
      lane.acquireUninterruptibly();
    }
  }

  void leave(Call<?> call) {
    Semaphore lane = of(call);
    if (lane != null) {
      lane.release();
    }
  }

  private @Nullable Semaphore of(Call<?> call) {
    return switch (call.lane()) {
      case WAITING -> waiting;
      case PROMPT -> prompt;
      case FREE -> null;
    };
  }
}
