package dev.signalbox.grpc;

import dev.signalbox.client.limit.Admission;
import dev.signalbox.client.limit.Limiter;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A call of a client that is started when it has been let in. What the caller does with it until
 * then is kept. Whatever ends the wait, the listener hears of exactly one end.
 */
final class ClientGate<Q, R> extends ClientCall<Q, R> implements Asker {
  private final CallLimits limits;
  private final MethodDescriptor<Q, R> method;
  private final CallOptions options;
  private final @Nullable String authority;
  private final ClientCall<Q, R> call;
  private final Context context = Context.current();
  private final EndOfWait endOfWait = new EndOfWait(context, this::waitEnded);
  private final Turns turns = Turns.shut(this::failed);
  private @Nullable Listener<R> listener;
  private @Nullable Metadata headers;

  /** Null before the start, and where there is nothing to ask. */
  private volatile @Nullable Question question;

  private volatile boolean started;

  ClientGate(
      CallLimits limits,
      MethodDescriptor<Q, R> method,
      CallOptions options,
      @Nullable String authority,
      ClientCall<Q, R> call) {
    this.limits = limits;
    this.method = method;
    this.options = options;
    this.authority = authority;
    this.call = call;
  }

  @Override
  public void start(Listener<R> listener, Metadata headers) {
    this.listener = listener;
    this.headers = headers;
    LimitedCall limited = describe(headers);
    try {
      Optional<Limiter> limiter = limits.limiterFor(limited);
      limiter.ifPresentOrElse(chosen -> ask(chosen, limited), () -> turns.open(this::pass));
    } catch (StatusRuntimeException e) {
      refused(e);
    }
  }

  private LimitedCall describe(Metadata headers) {
    String called = options.getAuthority() == null ? authority : options.getAuthority();
    return new LimitedCall(method, headers, Optional.ofNullable(called), Attributes.EMPTY);
  }

  private void ask(Limiter limiter, LimitedCall limited) {
    Deadline deadline = earlier(options.getDeadline(), context.getDeadline());
    Question asked = limits.ask(limiter, limited, deadline);
    question = asked;
    if (!asked.isDecided()) {
      endOfWait.watch(deadline);
    }
    asked.tell(this, executor());
  }

  private static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.minimum(other);
  }

  private void waitEnded(Status why) {
    Question asked = Objects.requireNonNull(question);
    if (asked.withdraw()) {
      end(Refusals.waitEnded(asked.limiter(), why));
    }
  }

  /** Nobody limits this call. */
  private void pass() {
    begin(Objects.requireNonNull(listener));
  }

  @Override
  public void admitted(Admission admission) {
    endOfWait.stop();
    context.run(() -> turns.open(() -> begin(admission)));
    if (limits.cancelWhenLost()) {
      admission.permit().ifPresent(permit -> permit.onLost(reason -> lost()));
    }
  }

  private void begin(Admission admission) {
    try {
      begin(new AdmittedListener<>(Objects.requireNonNull(listener), admission));
    } finally {
      if (!started) {
        admission.close();
      }
    }
  }

  private void begin(Listener<R> listener) {
    call.start(listener, Objects.requireNonNull(headers));
    started = true;
  }

  private void lost() {
    String why = Refusals.lostMessage(Objects.requireNonNull(question).limiter());
    turns.run(() -> call.cancel(why, null));
  }

  @Override
  public void refused(StatusRuntimeException why) {
    end(why);
  }

  /** What was kept could not be done: a call that has begun tells its listener itself. */
  private void failed(Throwable failure) {
    if (started) {
      call.cancel("a call that had waited could not go on", failure);
    } else {
      end(Status.fromThrowable(failure).asRuntimeException());
    }
  }

  /** Ends a call that has not begun. */
  private void end(StatusRuntimeException why) {
    endOfWait.stop();
    turns.drop();
    call.cancel("the call was not let in", why);
    Listener<R> told = Objects.requireNonNull(listener);
    Runnable close = () -> told.onClose(why.getStatus(), Refusals.trailers(why));
    try {
      executor().execute(context.wrap(close));
    } catch (RejectedExecutionException e) {
      close.run(); // A call that never ends would be worse.
    }
  }

  private Executor executor() {
    Executor own = options.getExecutor();
    return own == null ? limits.executor() : own;
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    Question asked = question;
    if (asked != null && asked.withdraw()) {
      end(Status.CANCELLED.withDescription(message).withCause(cause).asRuntimeException());
    } else if (listener == null) {
      call.cancel(message, cause);
    } else {
      turns.run(() -> call.cancel(message, cause));
    }
  }

  @Override
  public void request(int messages) {
    turns.run(() -> call.request(messages));
  }

  @Override
  public void sendMessage(Q message) {
    turns.run(() -> call.sendMessage(message));
  }

  @Override
  public void halfClose() {
    turns.run(call::halfClose);
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    turns.run(() -> call.setMessageCompression(enabled));
  }

  /** Who waits is to send no more than it must. */
  @Override
  public boolean isReady() {
    return started && call.isReady();
  }

  @Override
  public Attributes getAttributes() {
    return started ? call.getAttributes() : Attributes.EMPTY;
  }
}
