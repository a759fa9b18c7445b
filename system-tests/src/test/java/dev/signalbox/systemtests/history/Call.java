package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Outcome.Got;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its begin to its end.
 *
 * @param process which process made it
 * @param number its number in that process
 * @param thread which thread of the process
 * @param begun before it, in nanoseconds
 * @param ended after it; {@link Long#MAX_VALUE} if it never returned
 * @param ask what it asked for
 * @param outcome what it was told; unknown if it never returned
 */
public record Call(
    String process, long number, int thread, long begun, long ended, Ask ask, Outcome outcome) {
  static Call begun(Line.Invoke invoke) {
    return new Call(
        invoke.process(),
        invoke.call(),
        invoke.thread(),
        invoke.at(),
        Long.MAX_VALUE,
        invoke.ask(),
        Outcome.unknown("NEVER_RETURNED"));
  }

  Call returned(Line.Return end) {
    return new Call(process, number, thread, begun, end.at(), ask, end.outcome());
  }

  /** What its acquire got; null: nothing, or nobody knows. */
  @Nullable Got got() {
    return outcome.got();
  }

  /** The ids of the grants that it asked to give back. */
  List<String> givesBack() {
    List<String> grants = new ArrayList<>();
    for (Ask.Give give : ask.gives()) {
      if (give.grant() != null) {
        grants.add(give.grant());
      }
    }
    return grants;
  }

  @Override
  public String toString() {
    return process
        + "#"
        + number
        + " ["
        + begun
        + ", "
        + (isOpen() ? "never" : ended)
        + "] "
        + ask
        + " -> "
        + outcome;
  }

  boolean isOpen() {
    return ended == Long.MAX_VALUE;
  }
}
