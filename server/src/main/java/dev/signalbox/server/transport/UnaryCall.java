package dev.signalbox.server.transport;

import com.google.rpc.Status;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Submission;
import dev.signalbox.server.session.LiveSession;
import dev.signalbox.server.session.Waiter;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One unary call that is one request in the log. It is answered by its command, or later, if the
 * request has to wait or is the repetition of one that waits (E1).
 */
class UnaryCall<R> implements Waiter {
  private final Backend backend;
  private final StreamObserver<R> out;
  private final String field;
  private final Function<Result, R> answer;
  private final AtomicBoolean done = new AtomicBoolean();

  private volatile @Nullable LiveSession session;
  private volatile long number;

  /**
   * A call.
   *
   * @param field the field of the call's message that holds the operation
   * @param answer makes the answer of what the machine said, if it did not refuse
   */
  UnaryCall(Backend backend, StreamObserver<R> out, String field, Function<Result, R> answer) {
    this.backend = backend;
    this.out = out;
    this.field = field;
    this.answer = answer;
  }

  /** Hands in the operation, for the session if there is one. */
  final void submit(@Nullable CallId id, Operation operation) {
    if (id == null) {
      handIn(List.of(new Command.Request(null, 0, operation)));
    } else {
      join(backend.sessions().find(id.session()), id.number());
      handIn(id.commands(operation));
    }
  }

  @Override
  public final void answered(Outcome.Answer told) {
    if (FieldPaths.within(field, told).result() instanceof Result.Refused refused) {
      fail(Errors.refused(refused, told.number()));
    } else if (finish()) {
      out.onNext(answer.apply(told.result()));
      out.onCompleted();
    }
  }

  @Override
  public final void sessionLost() {
    fail(Errors.sessionLost());
  }

  @Override
  public final void failed(Failure why) {
    fail(Errors.failed(why, backend.cluster()));
  }

  /** From here on nobody answers the call any more; false if somebody has. */
  final boolean finish() {
    boolean first = done.compareAndSet(false, true);
    LiveSession joined = session;
    if (first && joined != null) {
      joined.forget(number, this);
      left(joined);
    }
    return first;
  }

  final Backend backend() {
    return backend;
  }

  /** The session whose request this is; null: nobody's, or of none that is open here. */
  final @Nullable LiveSession session() {
    return session;
  }

  /**
   * Hears late answers to a number of the session, too. If it is not open, the log says so to the
   * request.
   */
  final void join(@Nullable LiveSession found, long requestNumber) {
    if (found != null && found.await(requestNumber, this)) {
      found.hear();
      number = requestNumber;
      session = found;
    }
  }

  final void handIn(List<Command> commands) {
    Status full = Errors.ifFull(backend);
    if (full == null) {
      backend.sequencer().submit(new Commands(commands));
    } else {
      fail(full);
    }
  }

  /** One of the call's commands was answered. */
  void commandAnswered(Outcome.Answer told) {
    answered(told);
  }

  /** The call no longer waits for its session. */
  void left(LiveSession joined) {}

  private void fail(Status status) {
    if (finish()) {
      out.onError(Errors.exception(status));
    }
  }

  private final class Commands extends Submission {
    Commands(List<Command> commands) {
      super(commands);
    }

    @Override
    protected void answered(int index, Outcome.Answer told) {
      commandAnswered(told);
    }

    @Override
    protected void applied() {
      if (session == null) {
        UnaryCall.this.failed(Failure.UNKNOWN);
      }
    }

    @Override
    protected void failed(Failure why) {
      UnaryCall.this.failed(why);
    }
  }
}
