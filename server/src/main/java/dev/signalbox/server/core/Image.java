package dev.signalbox.server.core;

import java.util.List;

/**
 * A piece of a snapshot. {@link Machine#writeTo} writes one header; then every session in the order
 * of opening; every semaphore in the order of names; every grant, by session and age; every waiter
 * in the order of arrival; the ended grants that are still remembered, oldest first; and the end.
 * Equal states write equal images.
 */
public sealed interface Image {

  /**
   * Time, counters and limits.
   *
   * @param now log time of the last entry
   * @param lastSession sequence of the last session opened
   * @param lastSemaphore of the last semaphore created
   * @param lastGrant of the last grant made
   * @param lastArrival of the last acquire that got as far as the counts
   * @param limits the limits
   */
  record Header(
      long now,
      long lastSession,
      long lastSemaphore,
      long lastGrant,
      long lastArrival,
      Limits limits)
      implements Image {}

  /**
   * A session, without what it holds and waits for.
   *
   * @param forgotten ranges of request numbers that are done with, ascending
   * @param replies kept replies, the oldest first
   * @param wills last wills in the order of their numbers
   */
  record SessionImage(
      SessionId id,
      String clientName,
      long leaseMicros,
      long endAfterBreakMicros,
      boolean ephemeral,
      List<Range> forgotten,
      List<Reply> replies,
      List<Will> wills)
      implements Image {}

  /** Request numbers from {@code first} to {@code last}, both included. */
  record Range(long first, long last) {}

  /** A kept reply (E1). */
  record Reply(long number, Result result) {}

  /** A last will (L8). */
  record Will(long number, List<Operation.Signal> signals) {}

  /**
   * A semaphore, without what is held of it and who waits for it.
   *
   * @param count its count at the header's time
   * @param refillFraction what has come by then of the next permit, in units of 1 / period permits;
   *     0 if it does not refill
   * @param lastUsed when it was last used; 0 if it has no idle time
   * @param epochs of its slots, from slot 0 up, if it is numbered
   * @param abandoned of a mutex: the next owner is to be told that the last one vanished (M3)
   * @param holders the sequences of the sessions that hold here, in the order in which they came to
   */
  record SemaphoreImage(
      long id,
      String name,
      SemaphoreConfig config,
      int count,
      long debt,
      long refillFraction,
      long lastUsed,
      List<Long> epochs,
      boolean abandoned,
      List<Long> holders)
      implements Image {}

  /**
   * A grant that holds permits.
   *
   * @param session sequence of its session
   * @param holdDeadline when it will be recovered (A10); {@link Long#MAX_VALUE}: not by time
   * @param credit whether it is a credit, and recalled (K1, K2)
   */
  record GrantImage(
      GrantId id,
      long session,
      long grantedAt,
      long holdDeadline,
      List<HoldingImage> holdings,
      Credit credit)
      implements Image {}

  /** What a grant holds of one semaphore. */
  record HoldingImage(String semaphore, int permits, List<Slot> slots) {}

  /**
   * An acquire that waits.
   *
   * @param acquire as it was asked for
   * @param deadline {@link Long#MAX_VALUE}: none
   * @param released of a release-and-acquire: what the release did
   */
  record WaiterImage(
      long arrival,
      long session,
      long number,
      Operation.Acquire acquire,
      long since,
      long deadline,
      List<Result.ItemResult> released)
      implements Image {}

  /** A grant that ended otherwise than by release (R4). */
  record EndedGrantImage(GrantId id, NotHeldReason reason) implements Image {}

  /** The last piece: without it a snapshot is not whole. */
  record End() implements Image {}
}
