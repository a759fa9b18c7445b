package dev.signalbox.client.internal;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before another attempt to connect: a moment between one server and the next, as
 * one of them may lead; longer and longer after each round over all of them.
 */
final class Pauses {
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int MOST_DOUBLINGS = 10;

  private final int servers;
  private final long longest;

  /**
   * Pauses between attempts over so many servers.
   *
   * @param longest the longest pause, in nanoseconds
   */
  Pauses(int servers, long longest) {
    this.servers = servers;
    this.longest = longest;
  }

  /** The pause after so many failed attempts on end, at least 1, in nanoseconds. */
  long after(int failures) {
    boolean roundIsOver = failures % servers == 0;
    int rounds = failures / servers;
    int doublings = roundIsOver ? Math.min(rounds - 1, MOST_DOUBLINGS) : 0;
    return Math.min(longest, SHORTEST << doublings);
  }
}
