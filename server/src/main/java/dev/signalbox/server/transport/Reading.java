package dev.signalbox.server.transport;

import com.google.rpc.Status;
import dev.signalbox.server.core.Machine;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Read;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** A unary call that looks at the machine. */
final class Reading<R> implements Read {
  private final Backend backend;
  private final StreamObserver<R> out;
  private final View<R> view;

  private Reading(Backend backend, StreamObserver<R> out, View<R> view) {
    this.backend = backend;
    this.out = out;
    this.view = view;
  }

  /** Answers the call with what is seen, or with the error that the view throws. */
  static <R> void read(Backend backend, StreamObserver<R> out, View<R> view) {
    read(backend, false, out, view);
  }

  /**
   * As {@link #read(Backend, StreamObserver, View)}.
   *
   * @param stale what this node knows will do
   */
  static <R> void read(Backend backend, boolean stale, StreamObserver<R> out, View<R> view) {
    Status full = Errors.ifFull(backend);
    Reading<R> read = new Reading<>(backend, out, view);
    if (full != null) {
      out.onError(Errors.exception(full));
    } else if (stale) {
      backend.sequencer().readStale(read);
    } else {
      backend.sequencer().read(read);
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
    out.onError(Errors.exception(Errors.failed(why, backend.cluster())));
  }

  /** Looks at the machine. */
  @FunctionalInterface
  interface View<R> {
    R of(Machine machine, long now);
  }
}
