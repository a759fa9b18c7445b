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

  private static final class Lane {
    final Semaphore room = new Semaphore(ROOM);

    /** Calls that have left and whose room is not free yet. Network thread. */
    int left;

    void flush() {
      if (left > 0) {
        room.release(left);
        left = 0;
      }
    }
  }

  private final Lane waiting = new Lane();
  private final Lane prompt = new Lane();

  void enter(Call<?> call) throws InterruptedException {
    Lane lane = of(call);
    if (lane != null) {
      lane.room.acquire();
    }
  }

  void enterUninterruptibly(Call<?> call) {
    Lane lane = of(call);
    if (lane != null) {
      lane.room.acquireUninterruptibly();
    }
  }

  /** The call never got as far as the network thread. */
  void turnBack(Call<?> call) {
    Lane lane = of(call);
    if (lane != null) {
      lane.room.release();
    }
  }

  /** The call has its answer. Its room is free when {@link #flush} is called. Network thread. */
  void leave(Call<?> call) {
    Lane lane = of(call);
    if (lane != null) {
      lane.left++;
    }
  }

  /** Frees the room of all that have left, in one step. Network thread. */
  void flush() {
    waiting.flush();
    prompt.flush();
  }

  private @Nullable Lane of(Call<?> call) {
    return switch (call.lane()) {
      case WAITING -> waiting;
      case PROMPT -> prompt;
      case FREE -> null;
    };
  }
}
