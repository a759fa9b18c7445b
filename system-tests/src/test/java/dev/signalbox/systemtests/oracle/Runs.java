package dev.signalbox.systemtests.oracle;

import dev.signalbox.client.callback.CallbackHandle;
import dev.signalbox.client.callback.CallbackInstance;
import dev.signalbox.client.callback.CallbackSubmitter;
import dev.signalbox.client.callback.Work;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A work object whose runs are told what to do, each by the name that it was submitted under. */
final class Runs {
  private final Session session;
  private final Queue<CallbackActor> submitted = new ConcurrentLinkedQueue<>();
  private final Work work;

  Runs(Session session, CallbackSubmitter submitter) {
    this.session = session;
    this.work = submitter.work(this::run);
  }

  Session session() {
    return session;
  }

  Work work() {
    return work;
  }

  Optional<CallbackHandle> submit(CallbackActor callback) {
    submitted.add(callback);
    Optional<CallbackHandle> handle = work.trySubmit();
    handle.ifPresent(callback::completesWith);
    return handle;
  }

  /** Runs begin in the order of their submission (C1); those that were cancelled do not. */
  private void run(CallbackInstance instance) {
    CallbackActor next = submitted.poll();
    while (next != null && next.isCancelled()) {
      next = submitted.poll();
    }
    if (next != null) {
      next.run(instance);
    }
  }
}
