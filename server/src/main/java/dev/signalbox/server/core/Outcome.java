package dev.signalbox.server.core;

import org.jspecify.annotations.Nullable;

/** What an applied entry has to tell, in the order in which it came about. */
public sealed interface Outcome {

  /**
   * A command is answered: one of this entry's, or an acquire of an earlier entry that waited.
   *
   * @param index the command's place in the entry; -1 for an acquire that waited, also one that
   *     waited for nothing but a later command of the same entry
   * @param session the session that asked; null if nobody did
   * @param number the session's number for the request; 0 if it has none
   * @param result the answer
   */
  record Answer(int index, @Nullable SessionId session, long number, Result result)
      implements Outcome {}

  /**
   * A grant, or what it held of one semaphore, was taken back although its session lives.
   *
   * @param session the session that held it
   * @param grant the grant
   * @param reason why
   * @param semaphore only what it held of this one; null: all of it
   */
  record Recalled(
      SessionId session, GrantId grant, NotHeldReason reason, @Nullable String semaphore)
      implements Outcome {}

  /**
   * Somebody lacks permits of which this credit holds some: its client is to give back at once what
   * it does not use, and the rest as it comes free (K2). Told again where it may have been missed.
   *
   * @param session the session that holds it
   * @param grant the credit
   */
  record CreditRecalled(SessionId session, GrantId grant) implements Outcome {}

  /**
   * A session ended, and everything it held has gone back.
   *
   * @param session the session
   * @param cause how it ended
   */
  record SessionEnded(SessionId session, EndCause cause) implements Outcome {}
}
