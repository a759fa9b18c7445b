package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.systemtests.oracle.Change.Made;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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

  /** Where one handle is none, or must not be waited for, the call fails for that. */
  private static boolean namesOneTwice(Situation situation) {
    Set<String> objects = new HashSet<>();
    boolean twice = false;
    for (@Nullable String name : situation.args().list("handles")) {
      Handle handle = situation.scene().handles().find(name);
      if (handle == null || !handle.rights().contains(AccessRight.SYNCHRONIZE)) {
        return false;
      }
      twice |= !objects.add(handle.object());
    }
    return twice;
  }

  /** A time-out of zero asks; it does not wait (A2). */
  static Optional<Made> zeroTakes(Situation situation) throws InterruptedException {
    Scene scene = situation.scene();
    Handle handle = scene.handles().find(situation.args().text("handle"));
    boolean zero =
        situation.isOp("SetThreadpoolWait", "SetThreadpoolWaitEx")
            && situation.args().timeout().filter(Duration::isZero).isPresent();
    if (!zero
        || handle == null
        || handle.kind() != ObjectKind.SEMAPHORE
        || scene.view().counts(handle.object()).current() == 0) {
      return Optional.empty();
    }
    Expected recorded = situation.expected();
    List<String> events =
        recorded.events().stream()
            .map(event -> event.replace(Win32.WAIT_TIMEOUT, Win32.WAIT_OBJECT_0))
            .toList();
    return Made.expecting(
        recorded.withEvents(events).withMore(scene.handles(), handle.object(), -1),
        () -> scene.bringBack(handle.object(), recorded));
  }

  static Optional<Made> cancelledGrant(Situation situation) {
    Scene scene = situation.scene();
    Expected recorded = situation.expected();
    Expected ours = recorded;
    List<String> objects = new ArrayList<>();
    for (PoolWait wait : cancelled(situation)) {
      for (Handle handle : wait.granted()) {
        objects.add(handle.object());
        ours = ours.withMore(scene.handles(), handle.object(), 1);
      }
    }
    return objects.isEmpty()
        ? Optional.empty()
        : Made.expecting(
            ours,
            () -> {
              for (String object : objects) {
                scene.bringBack(object, recorded);
              }
            });
  }

  /** The wait objects of which callbacks are cancelled that are queued. */
  private static List<PoolWait> cancelled(Situation situation) {
    if (!situation.args().flag("cancel", "cancel_pending")) {
      return List.of();
    }
    return switch (situation.step().op()) {
      case "WaitForThreadpoolWaitCallbacks" ->
          List.of(PoolWaitOps.wait(situation.scene(), situation.step()));
      case "CloseThreadpoolCleanupGroupMembers" ->
          situation.scene().all(PoolWait.class).stream()
              .filter(wait -> wait.isIn(situation.args().text("group")))
              .toList();
      default -> List.of();
    };
  }
}
