package dev.signalbox.server.core;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a command. Kept in the session's reply window until it is acknowledged (E1). */
public sealed interface Result {

  /** Of {@link Command.OpenSession}: the new session. */
  record Opened(SessionId session) implements Result {}

  /**
   * Of {@link Command.ResumeSession}.
   *
   * @param held every grant that the session holds, oldest first
   */
  record Resumed(List<GrantId> held) implements Result {}

  /** Success without more to say. */
  record Done() implements Result {
    /** The one instance. */
    public static final Done INSTANCE = new Done();
  }

  /**
   * Of create, open and update.
   *
   * @param alreadyExisted the name existed before the request (O2)
   * @param semaphore the semaphore after it
   */
  record SemaphoreResult(boolean alreadyExisted, SemaphoreView semaphore) implements Result {}

  /**
   * Of an acquire, a drain or a release-and-acquire that was satisfied.
   *
   * @param id the grant; null if every permit was consumed and nothing is held (A9)
   * @param grantedAt log time in microseconds
   * @param parts what it took, in the order of the request's parts
   * @param released what the release before it did (A6); empty if there was none
   */
  record Granted(
      @Nullable GrantId id, long grantedAt, List<GrantedPart> parts, List<ItemResult> released)
      implements Result {}

  /**
   * The permits of one semaphore in a grant.
   *
   * @param index of the part in the request
   * @param semaphore the semaphore's name
   * @param permits how many
   * @param consumed used up, not held (A9, Q1, V1)
   * @param slots of a numbered semaphore, ascending; else empty
   * @param abandoned of a mutex: its last owner ended without releasing it (M3)
   */
  record GrantedPart(
      int index,
      String semaphore,
      int permits,
      boolean consumed,
      List<Slot> slots,
      boolean abandoned) {
    /** A part that nobody abandoned. */
    public GrantedPart(
        int index, String semaphore, int permits, boolean consumed, List<Slot> slots) {
      this(index, semaphore, permits, consumed, slots, false);
    }
  }

  /**
   * Of an acquire, a drain or a release-and-acquire that gave nothing: an ordinary outcome (A2).
   *
   * @param why it gave nothing
   * @param released what the release before it did (A6); empty if there was none
   */
  record NotGranted(Why why, List<ItemResult> released) implements Result {
    /** Why an acquire gave nothing. */
    public enum Why {
      /** The time ran out, or was zero and nothing was available. */
      TIMED_OUT,
      /** It was cancelled. */
      CANCELLED
    }
  }

  /**
   * Of a reset (V4).
   *
   * @param previousCount 1 if the event was set, else 0
   */
  record Reset(int previousCount) implements Result {}

  /** Of a release: one result per item, in order. */
  record Released(List<ItemResult> items) implements Result {}

  /**
   * What one item of a release did.
   *
   * @param released false: what was to be given back was not held, and nothing changed (R4)
   * @param reason where {@code released} is false: why, if that is still known; else {@link
   *     NotHeldReason#UNKNOWN}
   * @param previousCounts the count before the item was applied: one for a signal, one per
   *     semaphore given back (R1)
   */
  record ItemResult(boolean released, NotHeldReason reason, List<Integer> previousCounts) {
    private static final ItemResult[] USUAL = new ItemResult[64];

    static {
      Arrays.setAll(USUAL, count -> new ItemResult(true, NotHeldReason.UNKNOWN, List.of(count)));
    }

    /** Permits of one semaphore were released, and this was the count before. */
    static ItemResult released(int previousCount) {
      return previousCount < USUAL.length
          ? USUAL[previousCount]
          : new ItemResult(true, NotHeldReason.UNKNOWN, List.of(previousCount));
    }
  }

  /** Of a cancel (A7). */
  record Cancelled(Effect effect) implements Result {
    /** What became of the acquire. */
    public enum Effect {
      /** It waited and is now answered as cancelled. */
      CANCELLED,
      /** It was granted; the grant was given back. */
      GIVEN_BACK,
      /** It holds nothing already, or its reply is no longer kept. */
      NONE
    }
  }

  /**
   * The request was refused and changed nothing.
   *
   * @param reason why
   * @param subject the semaphore, field or limit that it is about; empty if none
   * @param detail more to say; empty if none
   * @param item index of the failing item of a release (R3); -1 if it is not about one
   */
  record Refused(Refusal reason, String subject, String detail, int item) implements Result {
    /** A refusal that is not about an item of a release. */
    public Refused(Refusal reason, String subject, String detail) {
      this(reason, subject, detail, -1);
    }
  }
}
