package dev.signalbox.server.transport;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.GrantId;
import dev.signalbox.server.core.InvalidField;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.core.SessionView;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import dev.signalbox.server.session.LiveSession;
import dev.signalbox.v1.CloseSessionRequest;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.ListSessionsRequest;
import dev.signalbox.v1.ListSessionsResponse;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Opened;
import dev.signalbox.v1.RenewRequest;
import dev.signalbox.v1.RenewResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The unary calls about sessions. */
final class SessionCalls {
  private static final PageToken PAGES = new PageToken("sessions");

  private final Backend backend;

  SessionCalls(Backend backend) {
    this.backend = backend;
  }

  void open(Open request, StreamObserver<Opened> out) {
    Command.OpenSession open = FrameReader.open(request);
    new UnaryCall<>(backend, out, "", result -> opened(open, (Result.Opened) result))
        .handIn(List.of(open));
  }

  void renew(RenewRequest request, StreamObserver<RenewResponse> out) {
    switch (request.getWhatCase()) {
      case SESSION_ID -> {
        SessionId id = WireIds.sessionId("session_id", request.getSessionId());
        Reading.read(backend, out, (machine, now) -> renewed(machine.session(id)));
      }
      case GRANT_ID -> {
        GrantId id = WireIds.grantId("grant_id", request.getGrantId());
        Reading.read(backend, out, (machine, now) -> renewed(machine.holder(id)));
      }
      case WHAT_NOT_SET -> throw new InvalidField("what", "is required");
    }
  }

  void close(CloseSessionRequest request, StreamObserver<Done> out) {
    switch (request.getWhichCase()) {
      case SESSION_ID ->
          end(WireIds.sessionId("session_id", request.getSessionId()), EndCause.CLOSED, out);
      case SESSION_NUMBER -> {
        InvalidField.unless(
            request.getSessionNumber() >= 1, "session_number", "must be 1 to 2^63-1");
        backend.sequencer().read(new Kill(request.getSessionNumber(), out));
      }
      case WHICH_NOT_SET -> throw new InvalidField("which", "is required");
    }
  }

  void list(ListSessionsRequest request, StreamObserver<ListSessionsResponse> out) {
    int size = Listing.pageSize(request.getPageSize());
    String key = PAGES.key(request.getPageToken());
    long after = key.isEmpty() ? 0 : Long.parseLong(key);
    Reading.read(
        backend,
        request.getStale(),
        out,
        (machine, now) -> page(machine.sessions(after, size + 1), size));
  }

  private Opened opened(Command.OpenSession open, Result.Opened made) {
    LiveSession live = backend.sessions().opened(open, made.session());
    return Results.opened(live.id(), open.leaseMicros(), backend.limits());
  }

  /** Renews when the call is looked at: the lease that the caller counts began no later. */
  private RenewResponse renewed(@Nullable SessionView view) {
    LiveSession live = view == null ? null : backend.sessions().find(view.id());
    if (live == null || !live.hear()) {
      throw Errors.exception(Errors.sessionLost());
    }
    return RenewResponse.newBuilder().setLease(WireTime.duration(live.leaseMicros())).build();
  }

  private void end(SessionId id, EndCause cause, StreamObserver<Done> out) {
    new UnaryCall<>(backend, out, "", result -> Results.done())
        .handIn(List.of(new Command.EndSession(id, cause)));
  }

  private static ListSessionsResponse page(List<SessionView> found, int size) {
    ListSessionsResponse.Builder page = ListSessionsResponse.newBuilder();
    for (SessionView view : found.subList(0, Math.min(size, found.size()))) {
      page.addSessions(Results.session(view));
    }
    if (found.size() > size) {
      page.setNextPageToken(PAGES.after(Long.toString(found.get(size - 1).id().sequence())));
    }
    return page.build();
  }

  /** Ends a session by its number, if there is one. */
  private final class Kill implements Read {
    private final long number;
    private final StreamObserver<Done> out;

    Kill(long number, StreamObserver<Done> out) {
      this.number = number;
      this.out = out;
    }

    @Override
    public void run(Machine machine, long now) {
      SessionView view = machine.session(number);
      if (view != null) {
        end(view.id(), EndCause.KILLED, out);
      } else {
        out.onNext(Results.done());
        out.onCompleted();
      }
    }

    @Override
    public void failed(Failure why) {
      out.onError(Errors.exception(Errors.failed(why, backend.cluster())));
    }
  }
}
