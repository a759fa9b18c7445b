package dev.signalbox.server.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can change the machine. A command is valid by itself once it exists: see {@link
 * InvalidField}.
 */
public sealed interface Command {

  /**
   * Opens a session (L1). Answered by {@link Result.Opened}.
   *
   * @param clientName for listings; need not be unique
   * @param leaseMicros the lease; kept for the leader's liveness and for listings, not timed by the
   *     machine
   * @param endAfterBreakMicros how long the session outlives its stream (L9), or -1 for the whole
   *     lease; likewise
   * @param ephemeral the session ends by itself as soon as it neither holds nor waits
   */
  record OpenSession(
      String clientName, long leaseMicros, long endAfterBreakMicros, boolean ephemeral)
      implements Command {

    /** The shortest lease: 1 s. */
    public static final long MIN_LEASE_MICROS = 1_000_000L;

    /** The longest lease: 10 min. */
    public static final long MAX_LEASE_MICROS = 600_000_000L;

    /** Checks the ranges of L1 and L9. */
    public OpenSession {
      Names.checkClientName("client_name", clientName);
      InvalidField.unless(
          leaseMicros >= MIN_LEASE_MICROS && leaseMicros <= MAX_LEASE_MICROS,
          "lease",
          "must be 1 s to 10 min");
      InvalidField.unless(
          endAfterBreakMicros >= -1 && endAfterBreakMicros <= leaseMicros,
          "end_after_break",
          "must be 0 to the lease");
    }
  }

  /**
   * Resumes a session after its stream broke (L5). Answered by {@link Result.Resumed}.
   *
   * @param session the session
   * @param lastNumber the highest request number that the client ever used
   * @param unanswered the numbers up to it that still want a reply, ascending; replies to all
   *     others are forgotten
   */
  record ResumeSession(SessionId session, long lastNumber, List<Long> unanswered)
      implements Command {}

  /**
   * Ends a session: its waiters leave, what it holds goes back, waiters of others are served, in
   * one step (L2, L6). If it {@link EndCause#EXPIRED}, its last wills are applied in the same step
   * (L8). Answered by {@link Result.Done}, also when the session had ended before.
   *
   * @param session the session
   * @param cause why it ends
   */
  record EndSession(SessionId session, EndCause cause) implements Command {}

  /**
   * Forgets replies that have arrived (E1). Answered by nothing.
   *
   * @param session the session
   * @param through every reply up to this number has arrived
   * @param also and these above it
   */
  record Acknowledge(SessionId session, long through, List<Long> also) implements Command {}

  /**
   * Sets the limits that keep memory bounded. Written by the leader, so that every node has the
   * same ones. Answered by {@link Result.Done}.
   *
   * @param limits the limits from here on
   */
  record Configure(Limits limits) implements Command {}

  /**
   * One operation, on behalf of a session or of nobody. Answered by the operation's result, at once
   * or, for an acquire that waits, later.
   *
   * @param session the session, or null: then the operation must be neither about wills nor an
   *     acquire of any form, unless that consumes and does not wait
   * @param number the session's number for this request: a repeated number gets its first answer
   *     (E1); 0: never repeated
   * @param operation what to do
   */
  record Request(@Nullable SessionId session, long number, Operation operation) implements Command {

    /** Checks that the number fits and that the operation has the session that it needs. */
    public Request {
      InvalidField.unless(number >= 0, "number", "must be at least 1");
      InvalidField.unless(session != null || number == 0, "number", "needs a session");
      InvalidField.unless(
          session != null || !operation.needsSession(),
          "session_id",
          "is required for this operation");
    }
  }
}
