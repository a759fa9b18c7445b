package dev.signalbox.server.transport;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers bytes that are no message of their type as a protocol violation. Left alone, gRPC would
 * blame the server for them.
 */
final class MalformedMessages {
  private MalformedMessages() {}

  /** The service, with calls that end properly on malformed messages. */
  static ServerServiceDefinition refuse(ServerServiceDefinition service) {
    ServerServiceDefinition.Builder tolerant =
        ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      tolerant.addMethod(tolerant(method));
    }
    return ServerInterceptors.intercept(tolerant.build(), new Interceptor());
  }

  private static <Q, R> ServerMethodDefinition<Q, R> tolerant(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder()
            .setRequestMarshaller(new Tolerant<>(descriptor.getRequestMarshaller()))
            .build(),
        method.getServerCallHandler());
  }

  /** Parses what is malformed as null. */
  private record Tolerant<Q>(MethodDescriptor.Marshaller<Q> strict)
      implements MethodDescriptor.Marshaller<Q> {
    @Override
    public InputStream stream(Q value) {
      return strict.stream(value);
    }

    @Override
    @SuppressWarnings("NullAway") // Seen by the interceptor alone.
    public @Nullable Q parse(InputStream stream) {
      try {
        return strict.parse(stream);
      } catch (StatusRuntimeException e) {
        return null;
      }
    }
  }

  private static final class Interceptor implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        private boolean refused;

        @Override
        public void onMessage(@Nullable Q message) {
          if (message != null) {
            super.onMessage(message);
          } else {
            refused = true;
            refuse(call);
          }
        }

        @Override
        public void onHalfClose() {
          if (!refused) {
            super.onHalfClose();
          }
        }
      };
    }

    private static void refuse(ServerCall<?, ?> call) {
      String type = call.getMethodDescriptor().getFullMethodName();
      StatusRuntimeException error =
          Errors.exception(Errors.violation("the bytes sent to " + type + " are no such message"));
      Metadata trailers = error.getTrailers();
      call.close(error.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
