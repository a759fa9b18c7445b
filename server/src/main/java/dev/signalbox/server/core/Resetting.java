package dev.signalbox.server.core;

/** Resets events (V4). Nobody is served by it. */
final class Resetting {
  private final Context context;
  private final Semaphores semaphores;

  Resetting(Context context, Semaphores semaphores) {
    this.context = context;
    this.semaphores = semaphores;
  }

  Result reset(Operation.ResetEvent reset) {
    Semaphore event = semaphores.find(reset.name());
    if (event == null) {
      return Refusals.notFound(reset.name());
    }
    event.touch(context.now);
    if (event.kind != Kind.EVENT) {
      return Refusals.wrongKind(event);
    }
    int before = event.count;
    event.count = 0;
    return new Result.Reset(before);
  }
}
