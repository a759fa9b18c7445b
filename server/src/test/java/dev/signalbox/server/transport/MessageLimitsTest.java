package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.rpc.Code;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.server.WireError;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Done;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageLimitsTest {
  private static final byte[] GARBAGE = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 7, 7};

  private final TestServer server =
      TestServer.start(
          ServerOptions.builder().log("volatile").clientPort(0).maxFrameBytes(4_096).build());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void oversizedFrame_isRefusedWithAClearStatus_andTheSessionLivesOn() {
    RawStream stream = RawStream.open(server.channel());
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    for (int i = 1; i <= 100; i++) {
      frame.addRequests(Wire.create(i, "x".repeat(100) + i, 1));
    }
    stream.send(frame);

    WireError error = WireError.of(stream.awaitError());
    assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(error.reason()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(error.metadata())
        .containsEntry("quota", "max_frame_bytes")
        .containsEntry("limit", "4096");
    RawStream resumed = stream.resume(server.channel(), 0);
    assertThat(resumed.ask(Wire.create(1, "small", 1)).hasSemaphore()).isTrue();
  }

  @Test
  void hugeFrame_isNotEvenKept() {
    RawStream stream = RawStream.open(server.channel());
    stream.send(Wire.create(1, "x".repeat(1_048_576), 1));

    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(RawStream.open(server.channel()).ask(Wire.create(1, "a", 1)).hasSemaphore())
        .isTrue();
  }

  @Test
  void compressedFrame_isJudgedByItsRealSize() {
    RawStream stream = RawStream.open(server.channel(), "gzip");
    stream.send(Wire.create(1, "x".repeat(8_192), 1));

    assertThat(WireError.of(stream.awaitError()).reason()).isEqualTo("QUOTA_EXCEEDED");
  }

  @Test
  void bytesThatAreNoFrame_endTheStream_asAViolation() {
    MethodDescriptor<byte[], Done> method = raw(SessionServiceGrpc.getConnectMethod());
    Throwable refused =
        catchThrowable(() ->
            ClientCalls.blockingServerStreamingCall(
                    server.channel(),
                    method.toBuilder()
                        .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                        .build(),
                    CallOptions.DEFAULT,
                    GARBAGE)
                .hasNext());

    assertViolation(refused);
  }

  @Test
  void bytesThatAreNoRequest_endTheCall_asAViolation() {
    MethodDescriptor<byte[], Done> method = raw(SemaphoreServiceGrpc.getReleaseMethod());

    assertViolation(
        catchThrowable(() ->
            ClientCalls.blockingUnaryCall(server.channel(), method, CallOptions.DEFAULT, GARBAGE)));
  }

  private static void assertViolation(Throwable refused) {
    WireError error = WireError.of((StatusRuntimeException) refused);
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.reason()).isEqualTo("PROTOCOL_VIOLATION");
  }

  private static MethodDescriptor<byte[], Done> raw(MethodDescriptor<?, ?> method) {
    return MethodDescriptor.<byte[], Done>newBuilder()
        .setType(method.getType())
        .setFullMethodName(method.getFullMethodName())
        .setRequestMarshaller(new Bytes())
        .setResponseMarshaller(ProtoUtils.marshaller(Done.getDefaultInstance()))
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException();
    }
  }
}
