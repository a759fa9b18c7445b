package dev.signalbox.server.core;

/** What one session holds of one semaphore. */
final class Account extends Linked {
  final Session session;
  final Semaphore semaphore;

  /** Its holdings there, oldest grant first (R5). */
  final Chain<Holding> holdings = new Chain<>();

  long permits;

  /** How many of them are credit, which no release by number gives back (K3). */
  long credit;

  Account(Session session, Semaphore semaphore) {
    this.session = session;
    this.semaphore = semaphore;
  }
}
