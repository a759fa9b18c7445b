package dev.signalbox.client.limit;

/** What a {@link Limiter} does with calls while the service cannot be reached. Immutable. */
public sealed interface FailMode {
  /** Nothing is let in: what is behind the limiter must never see more than its limits. */
  static FailMode closed() {
    return Closed.INSTANCE;
  }

  /** Everything is let in: an unlimited call is better than none. */
  static FailMode open() {
    return Open.INSTANCE;
  }

  /**
   * Each process keeps to a share of every limit by itself. With as many processes as there are
   * shares, the whole stays within its limits, apart from what the service had granted before. A
   * share is one of the numbers given in the {@link Limit}, as those on the service are not known;
   * a call is decided about at once, whatever time it has to wait.
   *
   * @param share above 0, at most 1. Of each limit it allows at least one call at a time.
   */
  static FailMode local(double share) {
    return new Local(share);
  }

  /** See {@link #closed}. */
  enum Closed implements FailMode {
    /** The one. */
    INSTANCE
  }

  /** See {@link #open}. */
  enum Open implements FailMode {
    /** The one. */
    INSTANCE
  }

  /**
   * See {@link #local}.
   *
   * @param share above 0, at most 1
   */
  record Local(double share) implements FailMode {
    /** Checks the range. */
    public Local {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("share: must be above 0 and at most 1, not " + share);
      }
    }
  }
}
