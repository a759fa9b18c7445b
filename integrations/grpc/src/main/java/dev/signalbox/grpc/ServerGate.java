package dev.signalbox.grpc;

import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Limiter;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call to a server whose handler is begun when it has been let in. What arrives until then is
 * kept: next to nothing, as messages are sent to those who ask for them, and only the handler does.
 */
final class ServerGate<Q, R> extends ServerCall.Listener<Q> implements Asker {
  private final CallLimits limits;
  private final ServerCall<Q, R> call;
  private final Metadata headers;
  private final ServerCallHandler<Q, R> next;
  private final Context context = Context.current();
  private final Turns turns = Turns.shut(this::failed);
  private ServerCall.Listener<Q> handler = new ServerCall.Listener<>() {};
  private boolean ended;
  private @Nullable Question question;
  private @Nullable AdmittedCall<Q, R> admitted;

  ServerGate(
      CallLimits limits, ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    this.limits = limits;
    this.call = call;
    this.headers = headers;
    this.next = next;
  }

  /** Asks whether the call may go on; says who hears of its events. */
  ServerCall.Listener<Q> ask(Limiter limiter, LimitedCall limited) {
    question = limits.ask(limiter, limited, context.getDeadline());
    question.tell(this, limits.executor());
    return this;
  }

  @Override
  public void admitted(Admission admission) {
    AdmittedCall<Q, R> passed = new AdmittedCall<>(call, admission);
    admitted = passed;
    turns.open(() -> deliver(() -> handler = next.startCall(passed, headers)));
    if (limits.cancelWhenLost()) {
      admission.permit().ifPresent(permit -> permit.onLost(reason -> lost(passed)));
    }
  }

  /** The handler hears of it like of a client that has gone. */
  private void lost(AdmittedCall<Q, R> passed) {
    passed.lose(Refusals.lost(Objects.requireNonNull(question).limiter()));
    try {
      limits.executor().execute(this::onCancel);
    } catch (RejectedExecutionException e) {
      // It hears of the end of the call anyway.
    }
  }

  @Override
  public void refused(StatusRuntimeException why) {
    turns.drop();
    call.close(why.getStatus(), Refusals.trailers(why));
  }

  /** As gRPC does with what handlers throw, which here it cannot see. */
  private void failed(Throwable failure) {
    Status status = Status.UNKNOWN.withDescription("the handler failed").withCause(failure);
    Objects.requireNonNull(admitted).closeIfOpen(status);
  }

  @Override
  public void onMessage(Q message) {
    turns.run(() -> deliver(() -> handler.onMessage(message)));
  }

  @Override
  public void onHalfClose() {
    turns.run(() -> deliver(() -> handler.onHalfClose()));
  }

  @Override
  public void onReady() {
    turns.run(() -> deliver(() -> handler.onReady()));
  }

  @Override
  public void onCancel() {
    if (Objects.requireNonNull(question).withdraw()) {
      turns.drop();
    } else {
      turns.run(() -> end(() -> handler.onCancel()));
    }
  }

  @Override
  public void onComplete() {
    turns.run(() -> end(() -> complete()));
  }

  /** To the handler, a call whose permits were lost did not complete. */
  private void complete() {
    if (Objects.requireNonNull(admitted).isLost()) {
      handler.onCancel();
    } else {
      handler.onComplete();
    }
  }

  /** The handler's last event, of which there is one alone. The permits go back when it is done. */
  private void end(Runnable event) {
    if (ended) {
      return;
    }
    ended = true;
    try {
      deliver(event);
    } finally {
      Objects.requireNonNull(admitted).giveBack();
    }
  }

  /** A handler that throws has come to its end. */
  private void deliver(Runnable event) {
    boolean done = false;
    try {
      context.run(event);
      done = true;
    } finally {
      if (!done) {
        Objects.requireNonNull(admitted).giveBack();
      }
    }
  }
}
