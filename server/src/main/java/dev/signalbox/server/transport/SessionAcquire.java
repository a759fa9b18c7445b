package dev.signalbox.server.transport;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.replication.Submission;
import dev.signalbox.server.session.LiveSession;
import dev.signalbox.v1.AcquireResult;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A unary acquire for a session. If the caller gives up, the request is cancelled and a grant that
 * crossed it is given back (A7), unless a repetition of the call has come meanwhile to fetch it
 * (E1).
 */
final class SessionAcquire extends UnaryCall<AcquireResult> {
  private final CallId id;
  private final @Nullable LiveSession claimed;

  SessionAcquire(Backend backend, ServerCallStreamObserver<AcquireResult> out, CallId id) {
    super(backend, out, "acquire", Results::acquire);
    this.id = id;
    this.claimed = backend.sessions().find(id.session());
    out.setOnCancelHandler(this::giveUp);
    out.setOnCloseHandler(this::unclaim);
  }

  void start(Operation.Acquire acquire) {
    if (claimed != null) {
      claimed.claim(id.number(), this);
    }
    submit(id, acquire);
  }

  private void giveUp() {
    finish();
    if (unclaim()) {
      Operation cancel = new Operation.Cancel(id.number());
      backend()
          .sequencer()
          .submit(Submission.unanswered(List.of(new Command.Request(id.session(), 0, cancel))));
    }
  }

  private boolean unclaim() {
    return claimed != null && claimed.unclaim(id.number(), this);
  }
}
