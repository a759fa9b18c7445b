package dev.signalbox.systemtests.history;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something in a history that a service that keeps its contract cannot have answered.
 *
 * @param kind of what kind
 * @param message what is wrong, with names and numbers
 * @param calls those involved; empty if it is about how a semaphore was left
 */
public record Violation(Kind kind, String message, List<Call> calls) {
  /** Copies the list. */
  public Violation {
    calls = List.copyOf(calls);
  }

  Violation(Kind kind, String message, Call... calls) {
    this(kind, message, List.of(calls));
  }

  /** What can be wrong. */
  public enum Kind {
    /** An answer is not one to what was asked: other semaphores, another number, no such slot. */
    WRONG_ANSWER,
    /** More permits than max were certainly held at one moment (R6). */
    TOO_MANY_HOLDERS,
    /** A slot certainly had two holders at one moment (A8). */
    SLOT_SHARED,
    /** A slot's epoch did not grow from one grant to the next (A8). */
    STALE_EPOCH,
    /** One grant was given to two calls (E1). */
    GRANTED_TWICE,
    /** One grant was given back twice (R4, E1). */
    RELEASED_TWICE,
    /** A grant was no longer held, and nothing that its holder was told explains it (E2, L7). */
    GRANT_LOST,
    /** No order of the calls explains what they were told of a count (R1, R2, A2, E1). */
    IMPOSSIBLE_COUNT,
    /** A semaphore was not left as it must be when nobody holds and nobody waits (R6). */
    WRONG_END,
    /** Too many calls overlap for the search: nothing was proved. */
    UNDECIDED
  }

  @Override
  public String toString() {
    return kind
        + ": "
        + message
        + calls.stream().map(call -> "\n    " + call).collect(Collectors.joining());
  }
}
