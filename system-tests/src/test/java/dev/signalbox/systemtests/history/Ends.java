package dev.signalbox.systemtests.history;

import dev.signalbox.systemtests.history.Violation.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether semaphores were left as nobody holds and nobody waits. */
final class Ends {
  private Ends() {}

  static List<Violation> check(History history) {
    return history.ends().stream()
        .filter(end -> !isWell(end, history.semaphores().get(end.name())))
        .map(end -> new Violation(Kind.WRONG_END, end.toString(), List.of()))
        .toList();
  }

  /** What is left of a signalled one's count is for {@link Counts} to explain. */
  private static boolean isWell(Line.End end, Line.@Nullable Semaphore semaphore) {
    return semaphore != null
        && end.max() == semaphore.max()
        && end.held() == 0
        && end.waiting() == 0
        && (semaphore.signalled() || end.count() == semaphore.max());
  }
}
