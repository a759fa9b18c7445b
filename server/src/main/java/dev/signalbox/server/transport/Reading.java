package dev.signalbox.server.transport;

import com.google.rpc.Status;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** A unary call that looks at the machine. */
final class Reading<R> implements Read {
  private final StreamObserver<R> out;
  private final View<R> view;

  private Reading(StreamObserver<R> out, View<R> view) {
    this.out = out;
    this.view = view;
  }

  /** Answers the call with what is seen, or with the error that the view throws. */
  static <R> void read(Backend backend, StreamObserver<R> out, View<R> view) {
    Status full = Errors.ifFull(backend);
    if (full == null) {
      backend.sequencer().read(new Reading<>(out, view));
    } else {
      out.onError(Errors.exception(full));
    }
  }

  @Override
  public void run(Machine machine, long now) {
    try {
      out.onNext(view.of(machine, now));
      out.onCompleted();
    } catch (StatusRuntimeException e) {
      out.onError(e);
    }
  }

  @Override
  public void failed(Failure why) {
    out.onError(Errors.exception(Errors.failed(why)));
  }

  /** Looks at the machine. */
  @FunctionalInterface
  interface View<R> {
    R of(Machine machine, long now);
  }
}
