package dev.signalbox.server.core;

/**
 * Something that falls due at a log time. At one instant the lower {@link #rank} goes first, then
 * the lower {@link #id}.
 */
abstract sealed class Timed extends Linked permits RefillClock, Grant, Waiter, IdleClock {
  /** When it falls due; has a meaning only while it is in the {@link TimerQueue}. */
  long deadline;

  /** Its place in the queue's heap; -1 while it is not in it. */
  int heapIndex = -1;

  /** Refills before hold limits before wait deadlines before idle expiry. */
  abstract int rank();

  /** Unique among those of one rank, and growing with age of creation. */
  abstract long id();

  final boolean isBefore(Timed other) {
    if (deadline != other.deadline) {
      return deadline < other.deadline;
    }
    if (rank() != other.rank()) {
      return rank() < other.rank();
    }
    return id() < other.id();
  }
}
