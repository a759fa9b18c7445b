package dev.signalbox.client.testing;

import java.time.Duration;

/**
 * The clock of a {@link TestSignalbox}: of its server and of all its clients (L3). Wait time-outs,
 * refills, hold limits, idle times, leases and the fences of the clients go by it. Thread-safe; who
 * moves it waits for whoever does so already.
 */
public interface TestClock {
  /**
   * Moves the clock on, step by step: each thing that falls due does so at its own time, and is
   * dealt with by the service and by all clients before the next. So clients that live keep their
   * leases however far the clock is moved. When this returns, everything that was asked for before
   * has reached the service, everything that is due by then has happened there, and futures and
   * listeners have been told.
   *
   * <p>What the test's own threads do meanwhile is theirs: a thread that is let through by a step
   * may come to its next call only after a later one. Not to be called from continuations of
   * futures or from listeners, which it waits for (in all for a second at most).
   *
   * @param time not negative, at most ten years; zero settles what was asked for
   * @throws IllegalArgumentException if it is out of range; the clock was not moved
   * @throws IllegalStateException if the box is closed
   */
  void advance(Duration time);

  /** How much time has passed since the box was started. */
  Duration elapsed();
}
