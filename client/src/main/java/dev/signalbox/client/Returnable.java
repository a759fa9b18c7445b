package dev.signalbox.client;

import dev.signalbox.client.internal.Session;
import dev.signalbox.v1.GiveBack;

/** A permit of this client, as a release that gives it back sees it. */
sealed interface Returnable extends Permit permits LinkedPermit, CreditPermit {
  /** The permit, which must be one of this client. */
  static Returnable of(Permit permit) {
    if (permit instanceof Returnable returnable) {
      return returnable;
    }
    throw new SignalboxException.InvalidArgument("permit", "must be one of this client");
  }

  /** Such an item on the wire. Network thread. */
  GiveBack write(ReleaseItem.GiveBack item);

  /** Refuses an item that would give it back in a way in which it cannot go. */
  void ensureWhole(ReleaseItem.GiveBack item);

  /** It is to be given back as one of many; true if that was not so already. */
  boolean marksReleasing();

  /** The many were refused. */
  void unmarkReleasing();

  /** The many were applied, or had nothing to give back in their session. */
  void settleReleasing();

  /**
   * Whether it has nothing to give back in this session any more. Network thread.
   *
   * @param marked whether the release in question is the one that marked it
   */
  boolean isVoidIn(Session current, boolean marked);

  /** What giving it back comes to then. */
  ReleaseResult voidResult();

  /** It was lost, and its holder asked to give it back. */
  void forgetIn(Session current);
}
