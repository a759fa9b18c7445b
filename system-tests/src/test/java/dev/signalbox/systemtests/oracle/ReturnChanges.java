package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.ObjectKind;
import dev.signalbox.systemtests.oracle.Change.Made;
import java.util.List;
import java.util.Optional;

/** Where the return of a callback differs, and what is registered for it. */
final class ReturnChanges {
  private ReturnChanges() {}

  static Optional<Made> refusedRegistration(Situation situation) {
    boolean release = situation.isOp("ReleaseSemaphoreWhenCallbackReturns");
    boolean other =
        situation.isOp("SetEventWhenCallbackReturns", "ReleaseMutexWhenCallbackReturns");
    Handle handle = situation.scene().handles().find(situation.args().text("handle"));
    if ((release || other) && handle == null
        || release && handle != null && handle.kind() != ObjectKind.SEMAPHORE) {
      return Made.expecting(situation.expected().refused(Win32.INVALID_HANDLE));
    }
    return release && situation.args().number(1, "count") < 1
        ? Made.expecting(situation.expected().refused(Win32.INVALID_PARAMETER))
        : Optional.empty();
  }

  static Optional<Made> every(Situation situation) throws InterruptedException {
    List<Registration> registered = registered(situation);
    return registered.size() > 1 ? difference(situation, registered) : Optional.empty();
  }

  static Optional<Made> closedHandle(Situation situation) throws InterruptedException {
    List<Registration> registered = registered(situation);
    return registered.size() == 1 && isClosed(situation, registered.get(0))
        ? difference(situation, registered)
        : Optional.empty();
  }

  static Optional<Made> reported(Situation situation) throws InterruptedException {
    Due due = Due.of(situation.scene(), registered(situation));
    return due.fits()
        ? Optional.empty()
        : Made.expecting(situation.expected().completingWith("TOO_MANY_POSTS"));
  }

  private static boolean isClosed(Situation situation, Registration registration) {
    return !registration.handle().equals(situation.scene().handles().find(registration.name()));
  }

  private static List<Registration> registered(Situation situation) {
    return situation.isOp("callback returns")
        ? situation.scene().callback(situation.step().actor()).registrations()
        : List.of();
  }

  /** What all of it comes to, if that is not what was recorded. */
  private static Optional<Made> difference(Situation situation, List<Registration> registered)
      throws InterruptedException {
    Due due = Due.of(situation.scene(), registered);
    Expected ours = situation.expected().withCounts(due.counts());
    return ours.equals(situation.expected())
        ? Optional.empty()
        : Made.expecting(ours, () -> due.bringBackTo(situation.expected()));
  }
}
