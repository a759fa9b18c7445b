package dev.signalbox.server.core;

/**
 * The clock that brings permits back to one semaphore (Q1). It is settled whenever the semaphore is
 * looked at; in the timer queue it stands for the moment at which the count will have reached what
 * somebody waits for.
 *
 * <p>All arithmetic is exact: the fraction of a permit that has come so far is kept in units of
 * {@code 1 / period} permits.
 */
final class RefillClock extends Timed {
  final Semaphore semaphore;
  Refill rate;
  long settledAt;
  long fraction;

  /** Is due to be looked at by {@link Refills}. */
  boolean noted;

  RefillClock(Semaphore semaphore, Refill rate, long settledAt) {
    this.semaphore = semaphore;
    this.rate = rate;
    this.settledAt = settledAt;
  }

  @Override
  int rank() {
    return 0;
  }

  @Override
  long id() {
    return semaphore.id;
  }

  /** Adds what has come since the last time. */
  void settle(long now) {
    int count = countAt(now);
    fraction = fractionAt(now);
    semaphore.count = count;
    settledAt = Math.max(now, settledAt);
  }

  /** What the count is at a time not before the last settling; changes nothing. */
  int countAt(long now) {
    long came =
        Math.min(wholePeriods(now), Integer.MAX_VALUE) * rate.permits()
            + credit(now) / rate.periodMicros();
    return (int) Math.min(semaphore.maxCount, semaphore.count + came);
  }

  /** What has come of the next permit by a time not before the last settling; changes nothing. */
  long fractionAt(long now) {
    return countAt(now) == semaphore.maxCount ? 0 : credit(now) % rate.periodMicros();
  }

  /**
   * When the count will have reached so many, which it has not yet; {@link Long#MAX_VALUE} if that
   * is too far away.
   */
  long reaches(int wanted) {
    long missing = (long) wanted - semaphore.count;
    long periods = missing / rate.permits();
    long rest = missing % rate.permits() * rate.periodMicros() - fraction;
    if (periods > Long.MAX_VALUE / 4 / rate.periodMicros()) {
      return Long.MAX_VALUE;
    }
    return settledAt + periods * rate.periodMicros() - Math.floorDiv(-rest, (long) rate.permits());
  }

  void change(Refill newRate, long now) {
    settle(now);
    rate = newRate;
    fraction = 0;
  }

  private long wholePeriods(long now) {
    return Math.max(0, now - settledAt) / rate.periodMicros();
  }

  /**
   * What came in the last, unfinished period, with the fraction from before it, in units of 1 /
   * period permits.
   */
  private long credit(long now) {
    return Math.max(0, now - settledAt) % rate.periodMicros() * rate.permits() + fraction;
  }
}
