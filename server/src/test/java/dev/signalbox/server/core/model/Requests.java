package dev.signalbox.server.core.model;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Refusal;
import dev.signalbox.server.core.Result;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One request: its session, its number, then the operation (E1 and the order of checks). */
final class Requests {
  private final World world;
  private final Answers answers;
  private final Semaphores semaphores;
  private final Sessions sessions;
  private final Releases releases;
  private final Acquires acquires;

  Requests(
      World world,
      Answers answers,
      Semaphores semaphores,
      Sessions sessions,
      Releases releases,
      Acquires acquires) {
    this.world = world;
    this.answers = answers;
    this.semaphores = semaphores;
    this.sessions = sessions;
    this.releases = releases;
    this.acquires = acquires;
  }

  void request(int index, Command.Request request) {
    if (request.session() == null) {
      execute(index, null, request);
      return;
    }
    ModelSession session = world.session(request.session());
    if (session == null) {
      Result lost = new Result.Refused(Refusal.SESSION_LOST, "", "");
      world.tell(new Outcome.Answer(index, request.session(), request.number(), lost));
      return;
    }
    if (request.number() == 0 || isNew(index, session, request.number())) {
      session.used = true;
      execute(index, session, request);
    }
  }

  /** A number that is not new is answered here, or later, or not at all (E1). */
  private boolean isNew(int index, ModelSession session, long number) {
    ModelWindow window = session.window;
    Result first = window.kept.get(number);
    if (first != null) {
      answers.tell(index, session, number, first);
      if (first instanceof Result.Granted granted && granted.id() != null) {
        world.tellRecalled(world.grant(granted.id()));
      }
      return false;
    }
    if (window.waiting.contains(number)) {
      return false;
    }
    if (window.isSettled(number)) {
      answers.tell(index, session, number, forgotten(number));
      return false;
    }
    int limit = world.limits.outstandingPerSession();
    if (!window.makeRoom(limit)) {
      answers.tell(index, session, number, windowIsFull(limit));
      return false;
    }
    return true;
  }

  private static Result forgotten(long number) {
    return new Result.Refused(Refusal.REQUEST_FORGOTTEN, "", Long.toString(number));
  }

  private static Result windowIsFull(int limit) {
    return new Result.Refused(
        Refusal.QUOTA_EXCEEDED, "outstanding_per_session", Integer.toString(limit));
  }

  private void execute(int index, @Nullable ModelSession session, Command.Request request) {
    named(request.operation()).forEach(world::touch);
    try {
      perform(index, session, request);
    } catch (World.RefusedException e) {
      answers.answer(index, session, request.number(), e.refused);
    }
  }

  /** Acquires of every form answer for themselves, as they may have to wait. */
  private void perform(int index, @Nullable ModelSession session, Command.Request request) {
    Operation operation = request.operation();
    if (session != null && operation instanceof Operation.Acquire acquire) {
      acquires.acquire(index, session, request.number(), acquire);
    } else if (session != null && operation instanceof Operation.ReleaseAndAcquire both) {
      acquires.releaseAndAcquire(index, session, request.number(), both);
    } else if (session != null && operation instanceof Operation.Drain drain) {
      acquires.drain(index, session, request.number(), drain);
    } else if (session != null && operation instanceof Operation.TakeCredit take) {
      acquires.takeCredit(index, session, request.number(), take);
    } else if (operation instanceof Operation.Acquire acquire) {
      acquires.acquire(index, ModelSession.nobody(), 0, acquire);
    } else {
      answers.answer(index, session, request.number(), result(session, operation));
    }
  }

  private Result result(@Nullable ModelSession session, Operation operation) {
    if (operation instanceof Operation.CreateSemaphore create) {
      return semaphores.create(create);
    } else if (operation instanceof Operation.OpenSemaphore open) {
      return semaphores.open(open);
    } else if (operation instanceof Operation.UpdateSemaphore update) {
      return semaphores.update(update);
    } else if (operation instanceof Operation.DeleteSemaphore delete) {
      return semaphores.delete(delete);
    } else if (operation instanceof Operation.ResetEvent reset) {
      return semaphores.reset(reset);
    } else if (operation instanceof Operation.Release release) {
      return new Result.Released(releases.release(session, release));
    }
    return ofSession(Objects.requireNonNull(session), operation);
  }

  private Result ofSession(ModelSession session, Operation operation) {
    if (operation instanceof Operation.Cancel cancel) {
      return new Result.Cancelled(acquires.cancel(session, cancel.number()));
    } else if (operation instanceof Operation.SetWill will) {
      return sessions.setWill(session, will);
    } else if (operation instanceof Operation.ClearWill will) {
      session.wills.remove(will.will());
      return Result.Done.INSTANCE;
    }
    throw new IllegalArgumentException(operation.toString());
  }

  /**
   * The semaphores that an operation looks up first (O5). A release looks up its own when its turn
   * comes; a will is not looked into before it is due.
   */
  private static Stream<String> named(Operation operation) {
    if (operation instanceof Operation.CreateSemaphore create) {
      return Stream.of(create.name());
    } else if (operation instanceof Operation.OpenSemaphore open) {
      return Stream.of(open.name());
    } else if (operation instanceof Operation.UpdateSemaphore update) {
      return Stream.of(update.name());
    } else if (operation instanceof Operation.DeleteSemaphore delete) {
      return Stream.of(delete.name());
    } else if (operation instanceof Operation.ResetEvent reset) {
      return Stream.of(reset.name());
    } else if (operation instanceof Operation.Acquire acquire) {
      return acquire.parts().stream().map(Operation.Part::semaphore);
    } else if (operation instanceof Operation.Drain drain) {
      return Stream.of(drain.semaphore());
    } else if (operation instanceof Operation.TakeCredit take) {
      return Stream.of(take.semaphore());
    } else if (operation instanceof Operation.ReleaseAndAcquire both) {
      return named(both.acquire());
    }
    return Stream.of();
  }
}
