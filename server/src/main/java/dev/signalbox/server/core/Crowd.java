package dev.signalbox.server.core;

/** Who is at a semaphore. Made when the first one comes, so that an idle semaphore stays small. */
final class Crowd {
  /** Waiters whom nobody passes (A3), in the order of arrival. */
  final Chain<Ticket> fair = new Chain<>();

  /** Waiters who let themselves be passed (A4), in the order of arrival. */
  final Chain<Ticket> opportunistic = new Chain<>();

  /** Sessions that hold permits, in the order in which they came to. */
  final Chain<Account> holders = new Chain<>();
}
