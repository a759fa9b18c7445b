package dev.signalbox.client.internal;

import dev.signalbox.v1.ClientFrame;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;

/** One connection to one server and the session stream on it. Network thread. */
final class Connection {
  /** Hears what comes; nothing more once the connection was dropped. Network thread. */
  interface Listener {
    void onFrame(Connection from, ReceivedFrame frame);

    void onReady(Connection connection);

    void onClosed(Connection connection, Status status, Metadata trailers);
  }

  private final NetworkThread network;
  private final ManagedChannel channel;
  private final ClientCall<byte[], ReceivedFrame> call;
  private Listener listener;
  private boolean dropped;

  Connection(NetworkThread network, String target, Listener listener) {
    this.network = network;
    this.listener = listener;
    channel = network.channel(target);
    call = channel.newCall(SessionMethod.CONNECT, CallOptions.DEFAULT);
  }

  void start(ClientFrame first) {
    call.start(new Callbacks(), new Metadata());
    call.request(1);
    call.sendMessage(first.toByteArray());
  }

  /** From now on another listener hears. */
  void handTo(Listener next) {
    listener = next;
  }

  /** Whether a frame sent now would not pile up. */
  boolean isReady() {
    return call.isReady();
  }

  void send(byte[] frame) {
    call.sendMessage(frame);
  }

  ManagedChannel channel() {
    return channel;
  }

  /** Ends it without another word. */
  void drop() {
    if (!dropped) {
      dropped = true;
      call.cancel("dropped", null);
      channel.shutdownNow();
    }
  }

  private void unlessDropped(Runnable callback) {
    network.run(() -> {
      if (!dropped) {
        callback.run();
      }
    });
  }

  private final class Callbacks extends ClientCall.Listener<ReceivedFrame> {
    @Override
    public void onMessage(ReceivedFrame frame) {
      unlessDropped(() -> {
        listener.onFrame(Connection.this, frame);
        call.request(1);
      });
    }

    @Override
    public void onReady() {
      unlessDropped(() -> listener.onReady(Connection.this));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      unlessDropped(() -> {
        drop();
        listener.onClosed(Connection.this, status, trailers);
      });
    }
  }
}
