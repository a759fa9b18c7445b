package dev.signalbox.server.transport;

import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/** The session service: one {@link ConnectStream} per call, which reads frames in its own way. */
final class SessionStreams implements BindableService {
  private final Backend backend;

  SessionStreams(Backend backend) {
    this.backend = backend;
  }

  @Override
  public ServerServiceDefinition bindService() {
    MethodDescriptor<Frame, ServerFrame> connect =
        SessionServiceGrpc.getConnectMethod().toBuilder(
                new Frame.Marshaller(),
                SessionServiceGrpc.getConnectMethod().getResponseMarshaller())
            .build();
    ServiceDescriptor service =
        ServiceDescriptor.newBuilder(SessionServiceGrpc.SERVICE_NAME)
            .setSchemaDescriptor(SessionServiceGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(connect)
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(connect, ServerCalls.asyncBidiStreamingCall(this::connect))
        .build();
  }

  private StreamObserver<Frame> connect(StreamObserver<ServerFrame> out) {
    ConnectStream stream = new ConnectStream(backend, (ServerCallStreamObserver<ServerFrame>) out);
    stream.start();
    return stream;
  }
}
