package dev.signalbox.grpc;

import dev.signalbox.client.limit.Admission;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * Gives a client's permits back when the call has ended, and before the caller hears of it: who
 * then makes the next call finds them back.
 */
final class AdmittedListener<R> extends SimpleForwardingClientCallListener<R> {
  private final Admission admission;

  AdmittedListener(ClientCall.Listener<R> listener, Admission admission) {
    super(listener);
    this.admission = admission;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    admission.close();
    super.onClose(status, trailers);
  }
}
