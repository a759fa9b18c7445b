package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.systemtests.oracle.Change.Made;
import java.util.List;
import java.util.Optional;

/** Where the return of a callback differs, and what is registered for it. */
final class ReturnChanges {
  private ReturnChanges() {}

  static Optional<Made> refusedRegistration(Situation situation) {
    int error =
        switch (situation.step().op()) {
          case "ReleaseSemaphoreWhenCallbackReturns" ->
              error(situation, ObjectKind.SEMAPHORE, situation.args().number(1, "count"));
          case "SetEventWhenCallbackReturns" -> error(situation, ObjectKind.EVENT, 1);
          case "ReleaseMutexWhenCallbackReturns" -> error(situation, ObjectKind.MUTEX, 1);
          default -> 0;
        };
    return error == 0 ? Optional.empty() : Made.expecting(situation.expected().refused(error));
  }

  /** What is wrong with a registration; 0: nothing. */
  private static int error(Situation situation, ObjectKind kind, int permits) {
    Handle handle = situation.scene().handles().find(situation.args().text("handle"));
    if (handle == null || handle.kind() != kind) {
      return Win32.INVALID_HANDLE;
    }
    if (permits < 1) {
      return Win32.INVALID_PARAMETER;
    }
    return kind == ObjectKind.SEMAPHORE && !handle.rights().contains(AccessRight.MODIFY_STATE)
        ? Win32.ACCESS_DENIED
        : 0;
  }

  static Optional<Made> every(Situation situation) throws InterruptedException {
    List<Registration> registered = registered(situation);
    return registered.size() > 1 ? difference(situation) : Optional.empty();
  }

  static Optional<Made> closedHandle(Situation situation) throws InterruptedException {
    List<Registration> registered = registered(situation);
    return registered.size() == 1 && isClosed(situation, registered.get(0))
        ? difference(situation)
        : Optional.empty();
  }

  static Optional<Made> reported(Situation situation) throws InterruptedException {
    if (!situation.isOp("callback returns")) {
      return Optional.empty();
    }
    CallbackActor callback = situation.scene().callback(situation.step().actor());
    String refusal = Due.of(situation.scene(), callback).refusal();
    if (refusal.isEmpty()) {
      return Optional.empty();
    }
    Expected expected = situation.expected().completingWith(refusal);
    String unloaded = Events.unloaded(situation.scene().seen());
    return Made.expecting(callback.closesLibrary() ? expected.withEvent(unloaded) : expected);
  }

  private static boolean isClosed(Situation situation, Registration registration) {
    return !registration.handle().equals(situation.scene().handles().find(registration.name()));
  }

  private static List<Registration> registered(Situation situation) {
    return situation.isOp("callback returns")
        ? situation.scene().callback(situation.step().actor()).registrations().stream()
            .filter(each -> each.handle().kind() == ObjectKind.SEMAPHORE)
            .toList()
        : List.of();
  }

  /** What all of it comes to, if that is not what was recorded. */
  private static Optional<Made> difference(Situation situation) throws InterruptedException {
    Scene scene = situation.scene();
    Due due = Due.of(scene, scene.callback(situation.step().actor()));
    Expected ours = situation.expected().withCounts(due.counts());
    return ours.equals(situation.expected())
        ? Optional.empty()
        : Made.expecting(ours, () -> due.bringBackTo(situation.expected()));
  }
}
