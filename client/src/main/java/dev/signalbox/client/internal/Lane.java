package dev.signalbox.client.internal;

import java.util.concurrent.Semaphore;

/**
 * Keeps the number of calls of one sort bounded: whoever makes one too many waits for room. Calls
 * that may wait long and calls that are answered at once have a lane each, so that acquires that
 * wait can never keep the releases out that they wait for. Thread-safe.
 */
final class Lane {
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

  private final Semaphore room = new Semaphore(ROOM);

  void enter() throws InterruptedException {
    room.acquire();
  }

  void enterUninterruptibly() {
    room.acquireUninterruptibly();
  }

  void leave() {
    room.release();
  }
}
