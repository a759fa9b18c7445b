package dev.signalbox.server.core;

/**
 * One part of an acquire: a place in one semaphore's queue, or, before it is queued, the wish for
 * one.
 */
final class Ticket extends Linked {
  final Waiter waiter;
  final Semaphore semaphore;
  final int index;
  final int permits;

  Ticket(Waiter waiter, Semaphore semaphore, int index, int permits) {
    this.waiter = waiter;
    this.semaphore = semaphore;
    this.index = index;
    this.permits = permits;
  }

  /**
   * Whether this part can be served: nobody stands before it whom it may not pass, and the permits
   * are there (A3). An event of manual reset has enough for all, so nobody stands in the way (V3).
   */
  boolean canBeServed(long now) {
    boolean isItsTurn = semaphore.manualReset || semaphore.firstFairArrival() >= waiter.arrival;
    return isItsTurn && semaphore.countAt(now) >= permits;
  }
}
