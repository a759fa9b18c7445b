package dev.signalbox.client;

import java.time.Duration;

/**
 * The terms on which a handle may keep permits to hand out by itself, without asking the service
 * (K1). Immutable: each method returns a changed copy.
 */
public final class Credit {
  private static final Duration DEFAULT_IDLE_TIME = Duration.ofSeconds(1);

  private final int most;
  private final Duration idleTime;

  private Credit(int most, Duration idleTime) {
    this.most = most;
    this.idleTime = idleTime;
  }

  /**
   * At most so many permits, in use and unused together; at least 1. It begins with few and asks
   * for more while they are used up.
   *
   * @throws SignalboxException.InvalidArgument if it is less than 1
   */
  public static Credit upTo(int permits) {
    if (permits < 1) {
      throw new SignalboxException.InvalidArgument("permits", "must be at least 1");
    }
    return new Credit(permits, DEFAULT_IDLE_TIME);
  }

  /**
   * Unused permits go back when nothing was acquired or given back for so long (K5): 1 ms to 10
   * min, give or take a quarter of a second; 1 s unless said. Tokens of a semaphore that refills
   * are handed out no later than so long after they were asked for, and then go back (K7).
   *
   * @throws SignalboxException.InvalidArgument if it is out of range
   */
  public Credit idleTime(Duration time) {
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new SignalboxException.InvalidArgument("idleTime", "must be 1 ms to 10 min");
    }
    return new Credit(most, time);
  }

  int most() {
    return most;
  }

  Duration idleTime() {
    return idleTime;
  }
}
