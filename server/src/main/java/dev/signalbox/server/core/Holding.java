package dev.signalbox.server.core;

import java.util.List;

/** What one grant holds of one semaphore. */
final class Holding extends Linked {
  final Grant grant;
  final Account account;
  int permits;

  /** The slots, ascending, of a numbered semaphore; else empty. */
  List<Slot> slots;

  Holding(Grant grant, Account account, int permits, List<Slot> slots) {
    this.grant = grant;
    this.account = account;
    this.permits = permits;
    this.slots = slots;
  }
}
