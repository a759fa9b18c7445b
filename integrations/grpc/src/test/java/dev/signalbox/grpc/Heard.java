package dev.signalbox.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A call, and what its listener hears. */
final class Heard extends ClientCall.Listener<String> {
  final ClientCall<String, String> call;
  final List<String> messages = new CopyOnWriteArrayList<>();
  final List<String> threads = new CopyOnWriteArrayList<>();

  /** Done when the call has ended, on the listener's thread. */
  volatile Runnable onClose = () -> {};

  private final CompletableFuture<StatusRuntimeException> end = new CompletableFuture<>();

  private Heard(ClientCall<String, String> call) {
    this.call = call;
  }

  /** Not started. */
  static Heard make(Channel channel, MethodDescriptor<String, String> method, CallOptions options) {
    return new Heard(channel.newCall(method, options));
  }

  /** Started, and ready to hear everything. */
  static Heard start(
      Channel channel, MethodDescriptor<String, String> method, CallOptions options) {
    return make(channel, method, options).start(new Metadata());
  }

  static Heard start(Channel channel, MethodDescriptor<String, String> method) {
    return start(channel, method, CallOptions.DEFAULT);
  }

  /** All of a call with these requests. */
  static Heard call(Channel channel, MethodDescriptor<String, String> method, String... requests) {
    return start(channel, method).send(requests).halfClose();
  }

  Heard start(Metadata headers) {
    call.start(this, headers);
    call.request(Integer.MAX_VALUE);
    return this;
  }

  Heard send(String... requests) {
    for (String request : requests) {
      call.sendMessage(request);
    }
    return this;
  }

  Heard halfClose() {
    call.halfClose();
    return this;
  }

  @Override
  public void onMessage(String message) {
    threads.add(Thread.currentThread().getName());
    messages.add(message);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    threads.add(Thread.currentThread().getName());
    onClose.run();
    if (!end.complete(status.asRuntimeException(trailers))) {
      throw new AssertionError("a call ends once");
    }
  }

  /** How it ended. */
  StatusRuntimeException end() throws Exception {
    return end.get(20, TimeUnit.SECONDS);
  }

  Status.Code code() throws Exception {
    return end().getStatus().getCode();
  }

  boolean hasEnded() {
    return end.isDone();
  }
}
