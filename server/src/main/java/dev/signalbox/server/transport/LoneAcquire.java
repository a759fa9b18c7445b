package dev.signalbox.server.transport;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.EndCause;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Outcome;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.replication.Submission;
import dev.signalbox.server.session.LiveSession;
import dev.signalbox.v1.AcquireResult;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;

/**
 * A unary acquire without a session: it opens one of its own, which lives while the call waits, and
 * then, with the grant, for its lease. If the caller gives up, the session ends, and with it
 * whatever was granted to it (A7). Of an answer that has left before, nobody hears whether it
 * arrived: its grant lives for the lease.
 */
final class LoneAcquire extends UnaryCall<AcquireResult> {
  private final Command.OpenSession open;
  private final Operation.Acquire acquire;

  private volatile boolean givenUp;

  LoneAcquire(
      Backend backend,
      ServerCallStreamObserver<AcquireResult> out,
      Command.OpenSession open,
      Operation.Acquire acquire) {
    super(backend, out, "acquire", Results::acquire);
    this.open = open;
    this.acquire = acquire;
    out.setOnCancelHandler(this::giveUp);
  }

  void start() {
    handIn(List.of(open));
  }

  @Override
  void commandAnswered(Outcome.Answer told) {
    if (told.result() instanceof Result.Opened opened) {
      acquireIn(backend().sessions().opened(open, opened.session()));
    } else {
      answered(told);
    }
  }

  @Override
  void left(LiveSession own) {
    own.unpin();
  }

  private void acquireIn(LiveSession own) {
    own.pin();
    join(own, 0);
    if (givenUp) {
      end(own);
    } else {
      handIn(List.of(new Command.Request(own.id(), 0, acquire)));
    }
  }

  private void giveUp() {
    givenUp = true;
    LiveSession own = session();
    if (own != null) {
      end(own);
    }
  }

  private void end(LiveSession own) {
    finish();
    backend()
        .sequencer()
        .submit(Submission.unanswered(List.of(new Command.EndSession(own.id(), EndCause.CLOSED))));
  }
}
