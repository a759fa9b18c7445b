package dev.signalbox.server.transport;

import com.google.protobuf.MessageLite;
import com.google.rpc.Status;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.KnownLength;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends calls whose messages are too large, or no messages of their type at all, with a clear
 * status. Left alone, gRPC would reset the stream without a word for the first and blame the server
 * for the second. What is larger than {@link #HARD_FACTOR} times the limit is still left to gRPC,
 * so that nobody can make the server keep it.
 */
final class InboundMessages {
  /** How many times the limit gRPC itself lets through. */
  static final int HARD_FACTOR = 4;

  private final int maxBytes;

  InboundMessages(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The service, with its messages checked. */
  ServerServiceDefinition check(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
      ServerMethodDefinition<?, ?> checked = check(method);
      methods.add(checked);
      descriptor.addMethod(checked.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder checked = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(checked::addMethod);
    return ServerInterceptors.intercept(checked.build(), new Interceptor());
  }

  private <Q, R> ServerMethodDefinition<Q, R> check(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        descriptor.toBuilder()
            .setRequestMarshaller(new Checked<>(descriptor.getRequestMarshaller(), maxBytes))
            .build(),
        method.getServerCallHandler());
  }

  /** Stands for a message that was refused; the interceptor alone ever sees it. */
  private record Refused(Status status) {}

  private record Checked<Q>(MethodDescriptor.Marshaller<Q> strict, int maxBytes)
      implements MethodDescriptor.Marshaller<Q> {
    @Override
    public InputStream stream(Q value) {
      return strict.stream(value);
    }

    @Override
    public Q parse(InputStream stream) {
      try {
        if (stream instanceof KnownLength && stream.available() > maxBytes) {
          return tooLarge();
        }
        Q message = strict.parse(stream);
        return stream instanceof KnownLength || size(message) <= maxBytes ? message : tooLarge();
      } catch (StatusRuntimeException e) {
        return refused(Errors.violation("the bytes are no message of the expected type"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Q tooLarge() {
      return refused(Errors.quota("max_frame_bytes", Integer.toString(maxBytes)));
    }

    @SuppressWarnings("unchecked")
    private Q refused(Status status) {
      return (Q) new Refused(status);
    }

    private static int size(Object message) {
      if (message instanceof Frame frame) {
        return frame.bytes().length;
      }
      return message instanceof MessageLite known ? known.getSerializedSize() : 0;
    }
  }

  private static final class Interceptor implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        private boolean refused;

        @Override
        public void onMessage(Q message) {
          if ((Object) message instanceof Refused what) {
            refused = true;
            // The service lets go of the call first: nobody else writes to it from here on.
            super.onCancel();
            end(call, what.status());
          } else {
            super.onMessage(message);
          }
        }

        @Override
        public void onHalfClose() {
          if (!refused) {
            super.onHalfClose();
          }
        }

        @Override
        public void onCancel() {
          if (!refused) {
            super.onCancel();
          }
        }

        @Override
        public void onComplete() {
          if (!refused) {
            super.onComplete();
          }
        }
      };
    }

    private static void end(ServerCall<?, ?> call, Status status) {
      StatusRuntimeException error = Errors.exception(status);
      Metadata trailers = error.getTrailers();
      call.close(error.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
