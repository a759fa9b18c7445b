package dev.signalbox.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service of strings, with a method of each kind. It answers what it hears; {@code error} and
 * {@code throw} end a call, {@code hold} leaves it to the test.
 */
final class TestService {
  static final String NAME = "test.Service";
  static final MethodDescriptor<String, String> UNARY = method("Unary", MethodType.UNARY);
  static final MethodDescriptor<String, String> STREAM =
      method("Stream", MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> COLLECT =
      method("Collect", MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> BIDI = method("Bidi", MethodType.BIDI_STREAMING);

  /** Calls whose handler was begun. */
  final AtomicInteger begun = new AtomicInteger();

  /** Calls whose handler was told that they were cancelled. */
  final AtomicInteger cancelled = new AtomicInteger();

  /** Calls that were left to the test. */
  final BlockingQueue<ServerCallStreamObserver<String>> held = new LinkedBlockingQueue<>();

  /** Done when a handler is told that its call was cancelled. */
  volatile Runnable onCancel = () -> {};

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(UNARY, ServerCalls.asyncUnaryCall((in, out) -> one(in, begin(out))))
        .addMethod(STREAM, ServerCalls.asyncServerStreamingCall((in, out) -> one(in, begin(out))))
        .addMethod(COLLECT, ServerCalls.asyncClientStreamingCall(out -> collect(begin(out))))
        .addMethod(BIDI, ServerCalls.asyncBidiStreamingCall(out -> echo(begin(out))))
        .build();
  }

  private ServerCallStreamObserver<String> begin(StreamObserver<String> out) {
    ServerCallStreamObserver<String> answers = (ServerCallStreamObserver<String>) out;
    begun.incrementAndGet();
    answers.setOnCancelHandler(() -> {
      cancelled.incrementAndGet();
      onCancel.run();
    });
    return answers;
  }

  private void one(String in, ServerCallStreamObserver<String> out) {
    if (answers(in, out)) {
      out.onNext(in);
      out.onCompleted();
    }
  }

  private boolean answers(String in, ServerCallStreamObserver<String> out) {
    switch (in) {
      case "error" -> out.onError(Status.DATA_LOSS.asRuntimeException());
      case "throw" -> throw new IllegalStateException("thrown by the handler");
      case "hold" -> held.add(out);
      case "first, then hold" -> {
        out.onNext("first");
        held.add(out);
      }
      default -> {
        return true;
      }
    }
    return false;
  }

  private StreamObserver<String> echo(ServerCallStreamObserver<String> out) {
    return new Incoming() {
      @Override
      public void onNext(String in) {
        if (goesOn(in, out)) {
          out.onNext(in);
        }
      }

      @Override
      void complete() {
        out.onCompleted();
      }
    };
  }

  private StreamObserver<String> collect(ServerCallStreamObserver<String> out) {
    StringBuilder all = new StringBuilder();
    return new Incoming() {
      @Override
      public void onNext(String in) {
        if (goesOn(in, out)) {
          all.append(in);
        }
      }

      @Override
      void complete() {
        out.onNext(all.toString());
        out.onCompleted();
      }
    };
  }

  /** A stream of requests, until one of them ends the call or leaves it to the test. */
  private abstract class Incoming implements StreamObserver<String> {
    private boolean over;

    boolean goesOn(String in, ServerCallStreamObserver<String> out) {
      over = over || !answers(in, out);
      return !over;
    }

    abstract void complete();

    @Override
    public void onCompleted() {
      if (!over) {
        complete();
      }
    }

    @Override
    public void onError(Throwable t) {}
  }

  private static MethodDescriptor<String, String> method(String name, MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
