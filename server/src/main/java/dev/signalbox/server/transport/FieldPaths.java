package dev.signalbox.server.transport;

import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;

/** The machine names a field within its operation; a client is told its path within the request. */
final class FieldPaths {
  private FieldPaths() {}

  /** The answer, with the operation's field of a stream's request before the path. */
  static Outcome.Answer inRequest(Outcome.Answer answer, Operation operation) {
    return answer.result() instanceof Result.Refused refused && isAboutField(refused)
        ? within(pathOf(operation, refused.subject()), answer)
        : answer;
  }

  /** The answer, with the given field before the path. */
  static Outcome.Answer within(String field, Outcome.Answer answer) {
    if (!(answer.result() instanceof Result.Refused refused) || !isAboutField(refused)) {
      return answer;
    }
    return new Outcome.Answer(
        answer.index(),
        answer.session(),
        answer.number(),
        new Result.Refused(
            refused.reason(), field + "." + refused.subject(), refused.detail(), refused.item()));
  }

  private static boolean isAboutField(Result.Refused refused) {
    return refused.reason() == Refusal.INVALID_FIELD;
  }

  private static String pathOf(Operation operation, String field) {
    if (operation instanceof Operation.ReleaseAndAcquire) {
      return field.startsWith("items")
          ? "release_and_acquire.release"
          : "release_and_acquire.acquire";
    }
    return nameOf(operation);
  }

  private static String nameOf(Operation operation) {
    if (operation instanceof Operation.CreateSemaphore) {
      return "create";
    } else if (operation instanceof Operation.OpenSemaphore) {
      return "open";
    } else if (operation instanceof Operation.UpdateSemaphore) {
      return "update";
    } else if (operation instanceof Operation.DeleteSemaphore) {
      return "delete";
    } else if (operation instanceof Operation.Acquire) {
      return "acquire";
    } else if (operation instanceof Operation.Release) {
      return "release";
    } else if (operation instanceof Operation.Cancel) {
      return "cancel";
    } else if (operation instanceof Operation.Drain) {
      return "drain";
    } else if (operation instanceof Operation.TakeCredit) {
      return "take_credit";
    } else if (operation instanceof Operation.ResetEvent) {
      return "reset_event";
    }
    return operation instanceof Operation.SetWill ? "set_will" : "clear_will";
  }
}
