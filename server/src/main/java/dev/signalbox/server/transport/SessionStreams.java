package dev.signalbox.server.transport;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionServiceGrpc.SessionServiceImplBase;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The session service: one {@link ConnectStream} per call. */
final class SessionStreams extends SessionServiceImplBase {
  private final Backend backend;

  SessionStreams(Backend backend) {
    this.backend = backend;
  }

  @Override
  public StreamObserver<ClientFrame> connect(StreamObserver<ServerFrame> out) {
    ConnectStream stream = new ConnectStream(backend, (ServerCallStreamObserver<ServerFrame>) out);
    stream.start();
    return stream;
  }
}
