package dev.signalbox.systemtests.linear;

import com.google.gson.annotations.SerializedName;
import org.jspecify.annotations.Nullable;

/**
 * One call. Begins and ends are numbers of one count over all threads: a call that ended before
 * another began has the lower number there.
 *
 * @param thread who made it
 * @param begun its begin
 * @param ended its end; null: nobody heard what came of it
 * @param op what it was
 * @param semaphore which; null: all of them
 * @param permits of a release: how many
 * @param timeout of a wait: for how many milliseconds
 * @param ok whether it succeeded; null for a query, or where nobody heard
 * @param error of a failed release: its code
 * @param previous of a release: the count before
 * @param current of a query: the count
 * @param index of a wait for any: which was taken
 */
record Attempt(
    @SerializedName("t") int thread,
    @SerializedName("b") long begun,
    @SerializedName("e") @Nullable Long ended,
    Op op,
    @SerializedName("s") @Nullable Integer semaphore,
    @SerializedName("n") @Nullable Integer permits,
    @Nullable Long timeout,
    @Nullable Boolean ok,
    @SerializedName("err") @Nullable Integer error,
    @SerializedName("prev") @Nullable Integer previous,
    @SerializedName("cur") @Nullable Integer current,
    @Nullable Integer index) {
  /** The code of a release that would have lifted the count above max. */
  static final int TOO_MANY_POSTS = 298;

  /** The code of a release of less than one. */
  static final int INVALID = 87;

  /** What a call can be. */
  enum Op {
    @SerializedName("release")
    RELEASE,
    @SerializedName("wait")
    WAIT,
    @SerializedName("wait_any")
    WAIT_ANY,
    @SerializedName("wait_all")
    WAIT_ALL,
    @SerializedName("query")
    QUERY
  }

  static Attempt release(int thread, int semaphore, int permits) {
    return new Attempt(
        thread, 0, null, Op.RELEASE, semaphore, permits, null, null, null, null, null, null);
  }

  static Attempt query(int thread, int semaphore) {
    return new Attempt(
        thread, 0, null, Op.QUERY, semaphore, null, null, null, null, null, null, null);
  }

  static Attempt wait(int thread, int semaphore, long timeout) {
    return new Attempt(
        thread, 0, null, Op.WAIT, semaphore, null, timeout, null, null, null, null, null);
  }

  /** A wait for all of the semaphores, or for any. */
  static Attempt waitFor(int thread, Op op, long timeout) {
    return new Attempt(thread, 0, null, op, null, null, timeout, null, null, null, null, null);
  }

  /** Whether somebody heard what came of it. */
  boolean isHeard() {
    return ended != null;
  }

  long end() {
    return ended == null ? Long.MAX_VALUE : ended;
  }

  boolean succeeded() {
    return ok != null && ok;
  }

  Attempt at(long begin) {
    return new Attempt(
        thread, begin, null, op, semaphore, permits, timeout, ok, error, previous, current, index);
  }

  private Attempt told(
      @Nullable Boolean success,
      @Nullable Integer code,
      @Nullable Integer before,
      @Nullable Integer now,
      @Nullable Integer choice) {
    return new Attempt(
        thread, begun, ended, op, semaphore, permits, timeout, success, code, before, now, choice);
  }

  Attempt endedAt(long end) {
    return new Attempt(
        thread, begun, end, op, semaphore, permits, timeout, ok, error, previous, current, index);
  }

  Attempt released(int before) {
    return told(true, null, before, null, null);
  }

  Attempt refused(int code) {
    return told(false, code, null, null, null);
  }

  /** Whether the wait took something, and of any which. */
  Attempt waited(boolean taken, @Nullable Integer choice) {
    return told(taken, null, null, null, choice);
  }

  Attempt seen(int count) {
    return told(null, null, null, count, null);
  }
}
