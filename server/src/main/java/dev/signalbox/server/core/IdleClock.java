package dev.signalbox.server.core;

/**
 * Knows when a semaphore with an idle time was last used (O5). Its place in the timer queue may lag
 * behind the last use.
 */
final class IdleClock extends Timed {
  final Semaphore semaphore;
  long ttl;
  long lastUsed;

  IdleClock(Semaphore semaphore, long ttl, long lastUsed) {
    this.semaphore = semaphore;
    this.ttl = ttl;
    this.lastUsed = lastUsed;
  }

  @Override
  int rank() {
    return 3;
  }

  @Override
  long id() {
    return semaphore.id;
  }

  /** When the semaphore may next have to be deleted: never too late. */
  long nextCheck(long now) {
    return (semaphore.isInUse() ? now : lastUsed) + ttl;
  }
}
