package dev.signalbox.systemtests.history;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.signalbox.client.SemaphoreInfo;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history file: a JSON object with exactly one of these members. Times are {@link
 * System#nanoTime}, which on Linux is the machine's monotonic clock and therefore one and the same
 * in all processes; they mean nothing on another machine or after a reboot.
 *
 * @param semaphore a semaphore that exists from before the first call on
 * @param invoke a call begins
 * @param returned a call ends; one whose process was killed first has none
 * @param held a permit was seen to be held
 * @param session something became of the process's session
 * @param end a semaphore after the last call
 */
public record Line(
    @Nullable Semaphore semaphore,
    @Nullable Invoke invoke,
    @Nullable Return returned,
    @Nullable Held held,
    @Nullable Session session,
    @Nullable End end) {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  static Line of(Semaphore semaphore) {
    return new Line(semaphore, null, null, null, null, null);
  }

  static Line of(Invoke invoke) {
    return new Line(null, invoke, null, null, null, null);
  }

  static Line of(Return returned) {
    return new Line(null, null, returned, null, null, null);
  }

  static Line of(Held held) {
    return new Line(null, null, null, held, null, null);
  }

  static Line of(Session session) {
    return new Line(null, null, null, null, session, null);
  }

  static Line of(End end) {
    return new Line(null, null, null, null, null, end);
  }

  static Line parse(String json) {
    return GSON.fromJson(json, Line.class);
  }

  @Override
  public String toString() {
    return GSON.toJson(this);
  }

  /**
   * A semaphore of the run, which nobody but the recorded calls touches.
   *
   * @param name its name
   * @param max its max count
   * @param initial its count at the start
   * @param signalled true: it is signalled and consumed from, and never held; false: it is held and
   *     never signalled
   * @param numbered whether its permits have slots (A8)
   */
  public record Semaphore(String name, int max, int initial, boolean signalled, boolean numbered) {}

  /**
   * A call begins.
   *
   * @param at when, taken before anything else is done
   * @param process which process
   * @param call its number in that process
   * @param thread which thread of the process
   * @param ask what it asks for
   */
  public record Invoke(long at, String process, long call, int thread, Ask ask) {}

  /**
   * A call ends.
   *
   * @param at when, taken before anything else is done
   * @param process which process
   * @param call its number in that process
   * @param outcome what it was told
   */
  public record Return(long at, String process, long call, Outcome outcome) {}

  /**
   * The holder saw that all of a grant was still held.
   *
   * @param process which process
   * @param grant the grant's id
   * @param at a moment at which it was certainly held
   */
  public record Held(String process, String grant, long at) {}

  /**
   * The client heard of its session. That may be long after it happened.
   *
   * @param at when it heard
   * @param process which process
   * @param what opened, disconnected, resumed, lost or closed
   */
  public record Session(long at, String process, String what) {}

  /**
   * A semaphore after the last call, when all sessions have ended.
   *
   * @param begun before it was read
   * @param ended after it was read
   * @param name its name
   * @param count its count
   * @param max its max count
   * @param held permits that are held
   * @param waiting acquires that wait
   */
  public record End(
      long begun, long ended, String name, int count, int max, long held, long waiting) {
    static End of(long begun, long ended, SemaphoreInfo info) {
      return new End(
          begun, ended, info.name(), info.count(), info.max(), info.held(), info.waiting());
    }
  }
}
