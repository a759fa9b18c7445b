package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import org.jspecify.annotations.Nullable;

/** Answers requests, and keeps the replies (E1). */
final class Answers {
  private final World world;

  Answers(World world) {
    this.world = world;
  }

  /** Answers a command that is no request. */
  void answer(int index, Result result) {
    world.tell(new Outcome.Answer(index, null, 0, result));
  }

  /** Answers without keeping the reply. */
  void tell(int index, ModelSession session, long number, Result result) {
    world.tell(new Outcome.Answer(index, session.id, number, result));
  }

  /** Answers a request; its reply is kept if it has a number. */
  void answer(int index, @Nullable ModelSession session, long number, Result result) {
    if (session == null || session.isNobody()) {
      answer(index, result);
      return;
    }
    if (number > 0) {
      session.window.answered(number, result);
    }
    tell(index, session, number, result);
  }

  /** Answers an acquire that stood in the line. */
  void answer(ModelWaiter waiter, Result result) {
    answer(waiter.index, waiter.session, waiter.number, result);
  }

  /** It stays in the line: its answer comes later, and a repetition gets none before. */
  void defer(ModelWaiter waiter) {
    waiter.index = -1;
    if (waiter.number > 0) {
      waiter.session.window.waiting.add(waiter.number);
    }
  }
}
