package dev.signalbox.server.core;

/** The refusals that more than one operation knows. */
final class Refusals {
  private Refusals() {}

  static Result.Refused notFound(String semaphore) {
    return new Result.Refused(Refusal.SEMAPHORE_NOT_FOUND, semaphore, "");
  }

  static Result.Refused wrongKind(Semaphore semaphore) {
    return new Result.Refused(Refusal.WRONG_KIND, semaphore.name, semaphore.kind.name());
  }

  static Result.Refused invalid(String field, String why) {
    return new Result.Refused(Refusal.INVALID_FIELD, field, why);
  }

  static Result.Refused quota(String limit, int value) {
    return new Result.Refused(Refusal.QUOTA_EXCEEDED, limit, Integer.toString(value));
  }

  static Result.Refused sessionLost() {
    return new Result.Refused(Refusal.SESSION_LOST, "", "");
  }
}
