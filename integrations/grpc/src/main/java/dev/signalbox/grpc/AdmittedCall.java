package dev.signalbox.grpc;

import dev.signalbox.client.limit.Admission;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A call to a server that was let in, as its handler sees it. Its permits go back when the handler
 * closes it, before the client can hear of that: its next call finds them back. If they are lost
 * before, the call is closed beside the handler, whose further answers go nowhere.
 */
final class AdmittedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final Admission admission;
  private final Turns turns = Turns.open(failure -> giveBack());
  private volatile boolean lost;
  private volatile boolean closed;

  AdmittedCall(ServerCall<Q, R> call, Admission admission) {
    super(call);
    this.admission = admission;
  }

  @Override
  public void sendHeaders(Metadata headers) {
    send(() -> super.sendHeaders(headers));
  }

  @Override
  public void sendMessage(R message) {
    send(() -> super.sendMessage(message));
  }

  @Override
  public void close(Status status, Metadata trailers) {
    giveBack();
    send(() -> {
      closed = true;
      super.close(status, trailers);
    });
  }

  /** The loss comes on another thread, and the call can be told one thing at a time. */
  private void send(Runnable answer) {
    turns.run(() -> {
      if (!lost) {
        answer.run();
      }
    });
  }

  void lose(StatusRuntimeException why) {
    turns.run(() -> {
      if (!closed) {
        lost = true;
        super.close(why.getStatus(), Refusals.trailers(why));
      }
    });
  }

  void closeIfOpen(Status status) {
    if (!closed) {
      close(status, new Metadata());
    }
  }

  void giveBack() {
    admission.close();
  }

  boolean isLost() {
    return lost;
  }

  @Override
  public boolean isCancelled() {
    return lost || super.isCancelled();
  }
}
