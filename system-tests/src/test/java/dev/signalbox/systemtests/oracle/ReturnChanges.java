package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.AccessRight;
import dev.signalbox.client.ObjectKind;
import dev.signalbox.systemtests.oracle.Change.Made;
import java.util.List;
import java.util.Optional;

/** Where the return of a callback differs, and what is registered for it. */
final class ReturnChanges {
  private ReturnChanges() {}

  /** Also the return, where what was refused would have kept the model from doing the rest. */
  static Optional<Made> refused(Situation situation) throws InterruptedException {
    int error =
        switch (situation.step().op()) {
          case "ReleaseSemaphoreWhenCallbackReturns" ->
              error(situation, ObjectKind.SEMAPHORE, situation.args().number(1, "count"));
          case "SetEventWhenCallbackReturns" -> error(situation, ObjectKind.EVENT, 1);
          case "ReleaseMutexWhenCallbackReturns" -> error(situation, ObjectKind.MUTEX, 1);
          default -> 0;
        };
    if (error != 0) {
      return Made.expecting(situation.expected().refused(error));
    }
    boolean any = registered(situation).stream().anyMatch(each -> !each.accepted());
    return any && !hasSeveral(situation) && !isClosed(situation)
        ? difference(situation)
        : Optional.empty();
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
    return hasSeveral(situation) ? difference(situation) : Optional.empty();
  }

  static Optional<Made> closedHandle(Situation situation) throws InterruptedException {
    return !hasSeveral(situation) && isClosed(situation) ? difference(situation) : Optional.empty();
  }

  static Optional<Made> reported(Situation situation) throws InterruptedException {
    if (!situation.isOp("callback returns")) {
      return Optional.empty();
    }
    CallbackActor callback = callback(situation);
    String refusal = Due.of(situation.scene(), callback).refusal();
    if (refusal.isEmpty()) {
      return Optional.empty();
    }
    Expected expected = situation.expected().completingWith(refusal);
    String unloaded = Events.unloaded(situation.scene().seen());
    return Made.expecting(callback.closesLibrary() ? expected.withEvent(unloaded) : expected);
  }

  /** Whether there are several of a kind, of which the model knows the first. */
  private static boolean hasSeveral(Situation situation) {
    List<Registration> all = registered(situation);
    return all.stream().map(Registration::kind).distinct().count() < all.size();
  }

  private static boolean isClosed(Situation situation) {
    return registered(situation).stream()
        .anyMatch(each -> !each.isOpen(situation.scene().handles()));
  }

  private static List<Registration> registered(Situation situation) {
    return situation.isOp("callback returns") ? callback(situation).registrations() : List.of();
  }

  private static CallbackActor callback(Situation situation) {
    return situation.scene().callback(situation.step().actor());
  }

  /** What all of it comes to, if that is not what the model does. */
  private static Optional<Made> difference(Situation situation) throws InterruptedException {
    Due due = Due.of(situation.scene(), callback(situation));
    Expected recorded = situation.expected();
    return due.ours().equals(due.inTheModel())
        ? Optional.empty()
        : Made.expecting(
            recorded.withCounts(due.counts()),
            () -> due.bringBackTo(recorded, callback(situation).session()));
  }
}
