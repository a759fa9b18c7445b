package dev.signalbox.server.transport;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.v1.AcquireRequest;
import dev.signalbox.v1.AcquireResult;
import dev.signalbox.v1.CloseSessionRequest;
import dev.signalbox.v1.CreateSemaphoreRequest;
import dev.signalbox.v1.DeleteSemaphoreRequest;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.ListSessionsResponse;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.ReleaseResult;
import dev.signalbox.v1.RenewRequest;
import dev.signalbox.v1.RenewResponse;
import dev.signalbox.v1.RequestId;
import dev.signalbox.v1.ResetEventRequest;
import dev.signalbox.v1.ResetResult;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreResult;
import dev.signalbox.v1.SemaphoreServiceGrpc.SemaphoreServiceImplBase;
import dev.signalbox.v1.UpdateSemaphoreRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The unary service: one command or one look per call. */
final class UnaryService extends SemaphoreServiceImplBase {
  private static final String DEFAULT_CLIENT_NAME = "unary";

  private final Backend backend;
  private final SemaphoreViews semaphores;
  private final SessionCalls sessions;

  UnaryService(Backend backend) {
    this.backend = backend;
    this.semaphores = new SemaphoreViews(backend);
    this.sessions = new SessionCalls(backend);
  }

  @Override
  public void createSemaphore(CreateSemaphoreRequest request, StreamObserver<SemaphoreResult> out) {
    change(
        out,
        request.hasId(),
        request.getId(),
        "semaphore",
        () -> Operations.create(request.getSemaphore()),
        result -> Results.semaphore((Result.SemaphoreResult) result));
  }

  @Override
  public void getSemaphore(GetSemaphoreRequest request, StreamObserver<Semaphore> out) {
    checked(out, () -> semaphores.get(request, out));
  }

  @Override
  public void listSemaphores(
      ListSemaphoresRequest request, StreamObserver<ListSemaphoresResponse> out) {
    checked(out, () -> semaphores.list(request, out));
  }

  @Override
  public void updateSemaphore(UpdateSemaphoreRequest request, StreamObserver<SemaphoreResult> out) {
    change(
        out,
        request.hasId(),
        request.getId(),
        "update",
        () -> Operations.update(request.getUpdate()),
        result -> Results.semaphore((Result.SemaphoreResult) result));
  }

  @Override
  public void deleteSemaphore(DeleteSemaphoreRequest request, StreamObserver<Done> out) {
    change(
        out,
        request.hasId(),
        request.getId(),
        "delete",
        () -> Operations.delete(request.getDelete()),
        result -> Results.done());
  }

  @Override
  public void acquire(AcquireRequest request, StreamObserver<AcquireResult> out) {
    checked(out, () -> acquire(request, (ServerCallStreamObserver<AcquireResult>) out));
  }

  @Override
  public void release(ReleaseRequest request, StreamObserver<ReleaseResult> out) {
    change(
        out,
        request.hasId(),
        request.getId(),
        "release",
        () -> Operations.release(request.getRelease()),
        result -> Results.released((Result.Released) result));
  }

  @Override
  public void resetEvent(ResetEventRequest request, StreamObserver<ResetResult> out) {
    change(
        out,
        request.hasId(),
        request.getId(),
        "reset",
        () -> Operations.reset(request.getReset()),
        result -> Results.reset((Result.Reset) result));
  }

  @Override
  public void openSession(Open request, StreamObserver<Opened> out) {
    checked(out, () -> sessions.open(request, out));
  }

  @Override
  public void renew(RenewRequest request, StreamObserver<RenewResponse> out) {
    checked(out, () -> sessions.renew(request, out));
  }

  @Override
  public void closeSession(CloseSessionRequest request, StreamObserver<Done> out) {
    checked(out, () -> sessions.close(request, out));
  }

  @Override
  public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> out) {
    checked(out, () -> sessions.list(request, out));
  }

  private void acquire(AcquireRequest request, ServerCallStreamObserver<AcquireResult> out) {
    Operation.Acquire acquire =
        Operations.within("acquire", () -> Operations.acquire(request.getAcquire()));
    Command.OpenSession own = ownSession(request);
    CallId id = id(request.hasId(), request.getId());
    if (id == null && !acquire.needsSession()) {
      new UnaryCall<>(backend, out, "acquire", Results::acquire).submit(null, acquire);
    } else if (id == null) {
      new LoneAcquire(backend, out, own, acquire).start();
    } else {
      new SessionAcquire(backend, out, id).start(acquire);
    }
  }

  private static Command.OpenSession ownSession(AcquireRequest request) {
    String name = request.getClientName();
    return new Command.OpenSession(
        name.isEmpty() ? DEFAULT_CLIENT_NAME : name,
        request.hasLease()
            ? WireTime.micros("lease", request.getLease())
            : FrameReader.DEFAULT_LEASE_MICROS,
        -1,
        true);
  }

  private static @Nullable CallId id(boolean given, RequestId id) {
    return given ? CallId.of(id) : null;
  }

  /** Hands in what the field of a request asks for. */
  private <R> void change(
      StreamObserver<R> out,
      boolean hasId,
      RequestId requestId,
      String field,
      Operations.Maker<Operation> maker,
      Function<Result, R> answer) {
    checked(
        out,
        () -> {
          CallId id = id(hasId, requestId);
          Operation operation = Operations.within(field, maker);
          needSession(id, operation);
          new UnaryCall<>(backend, out, field, answer).submit(id, operation);
        });
  }

  private static void needSession(@Nullable CallId id, Operation operation) {
    InvalidField.unless(
        id != null || !operation.needsSession(), "id", "is required for this operation");
  }

  /** Makes a call that may find its message's fields invalid. */
  static void checked(StreamObserver<?> out, Runnable call) {
    // A caller that has gone is no error of whoever answers it.
    ((ServerCallStreamObserver<?>) out).setOnCancelHandler(() -> {});
    try {
      call.run();
    } catch (InvalidField e) {
      out.onError(Errors.exception(Errors.invalid(e)));
    }
  }
}
