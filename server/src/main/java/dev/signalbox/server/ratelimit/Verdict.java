package dev.signalbox.server.ratelimit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is within its limits.
 *
 * @param statuses one for each descriptor, in their order
 */
public record Verdict(List<Status> statuses) {
  /** Copies the list. */
  public Verdict {
    statuses = List.copyOf(statuses);
  }

  /** Whether the request is to be refused; then nothing was taken. */
  public boolean isOver() {
    return statuses.stream().anyMatch(Status::over);
  }

  /**
   * What became of one descriptor.
   *
   * @param over it is why the request is refused
   * @param limit its limit; null: nothing limits it
   * @param remaining hits that are left, after this request
   * @param fullMicros how long it takes at most until the whole burst is there again, if nobody
   *     asks before
   * @param retryMicros of one that is over: how long it takes at most until the hits are there, if
   *     nobody asks before; -1: for ever
   */
  public record Status(
      boolean over, @Nullable Limit limit, int remaining, long fullMicros, long retryMicros) {
    /** Retrying is of no use. */
    public static final long NEVER = -1;

    /** Of a descriptor that nothing limits. */
    static final Status FREE = new Status(false, null, 0, 0, 0);

    /** Of a descriptor that is never let through. */
    static Status closed(Limit limit, boolean over) {
      return new Status(over, limit, 0, 0, NEVER);
    }
  }
}
