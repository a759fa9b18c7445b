package dev.signalbox.server.core;

import java.util.List;

/**
 * An acquire that is being served or waits to be. In the timer queue it stands for its deadline.
 */
final class Waiter extends Timed {
  /** Its place in the order of all acquires. */
  final long arrival;

  final Session session;
  final long number;
  final Operation.Mode mode;
  final Operation.Acquire acquire;
  final long since;
  final List<Result.ItemResult> released;
  final Ticket[] tickets;

  /** The command's index while its own entry is applied, then -1. */
  int index = -1;

  /** What it gets is a credit (K1). */
  boolean credit;

  /** Stands in its queues. */
  boolean queued;

  /** Is due to be looked at by {@link Serving}. */
  boolean candidate;

  Waiter(
      long arrival,
      Session session,
      long number,
      Operation.Acquire acquire,
      long since,
      List<Result.ItemResult> released) {
    this.arrival = arrival;
    this.session = session;
    this.number = number;
    this.mode = acquire.parts().size() == 1 ? Operation.Mode.ALL_OF : acquire.mode();
    this.acquire = acquire;
    this.since = since;
    this.released = released;
    this.tickets = new Ticket[acquire.parts().size()];
  }

  @Override
  int rank() {
    return 2;
  }

  @Override
  long id() {
    return arrival;
  }

  /** The queue of a semaphore in which it waits. */
  Chain<Ticket> queueOf(Semaphore semaphore) {
    Crowd crowd = semaphore.crowd();
    return mode == Operation.Mode.OPPORTUNISTIC_ALL_OF ? crowd.opportunistic : crowd.fair;
  }
}
