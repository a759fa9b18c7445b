package dev.signalbox.server.core;

/**
 * The limits that keep the machine's memory bounded under any client. Beyond one a request is
 * refused with {@link Refusal#QUOTA_EXCEEDED} and the limit's name.
 *
 * @param sessions open sessions
 * @param semaphores semaphores that exist
 * @param grantsPerSession grants that one session holds or waits for
 * @param outstandingPerSession requests of one session that wait or whose replies it has not
 *     acknowledged (E1); beyond it the oldest replies are forgotten, and a waiting request is
 *     refused only when nothing is left to forget
 * @param waiters acquires that wait, over all sessions
 * @param willsPerSession last wills of one session (L8)
 */
public record Limits(
    int sessions,
    int semaphores,
    int grantsPerSession,
    int outstandingPerSession,
    int waiters,
    int willsPerSession) {

  /** What holds until the log says otherwise. */
  public static final Limits DEFAULT =
      new Limits(20_000, 5_000_000, 100_000, 131_072, 1_000_000, 10_000);

  /** Checks that every limit is at least 1. */
  public Limits {
    positive("sessions", sessions);
    positive("semaphores", semaphores);
    positive("grants_per_session", grantsPerSession);
    positive("outstanding_per_session", outstandingPerSession);
    positive("waiters", waiters);
    positive("wills_per_session", willsPerSession);
  }

  private static void positive(String name, int limit) {
    InvalidField.unless(limit >= 1, name, "must be at least 1");
  }
}
