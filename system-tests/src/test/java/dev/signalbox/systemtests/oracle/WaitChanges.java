package dev.signalbox.systemtests.oracle;

import dev.signalbox.systemtests.oracle.Change.Made;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where waits differ. */
final class WaitChanges {
  private WaitChanges() {}

  static Optional<Made> duplicates(Situation situation) throws InterruptedException {
    boolean multiple = situation.step().op().startsWith("WaitForMultipleObjects");
    if (!multiple
        || !namesOneTwice(situation)
        || situation.expected().isRefused(Win32.INVALID_PARAMETER)) {
      return Optional.empty();
    }
    Expected refused =
        situation
            .expected()
            .failedWait(Win32.INVALID_PARAMETER)
            .withCounts(situation.scene().counts());
    return Optional.of(
        new Made(refused, () -> {}, () -> WaitOps.eachOnce(situation.scene(), situation.step())));
  }

  /** Where one handle is none the call fails for that. */
  private static boolean namesOneTwice(Situation situation) {
    Set<String> objects = new HashSet<>();
    boolean twice = false;
    for (@Nullable String name : situation.args().list("handles")) {
      Handle handle = situation.scene().handles().find(name);
      if (handle == null) {
        return false;
      }
      twice |= !objects.add(handle.object());
    }
    return twice;
  }
}
