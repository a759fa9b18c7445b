package dev.signalbox.client.internal;

import dev.signalbox.v1.SessionServiceGrpc;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** The session stream, whose frames go out as bytes and come in as {@link ReceivedFrame}s. */
final class SessionMethod {
  static final MethodDescriptor<byte[], ReceivedFrame> CONNECT =
      SessionServiceGrpc.getConnectMethod().toBuilder(new Sent(), new Received()).build();

  private SessionMethod() {}

  private static final class Sent implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] frame) {
      return new Frame(frame);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("only sent");
    }
  }

  /** Is written in one piece, without a buffer in between. */
  private static final class Frame extends ByteArrayInputStream implements Drainable, KnownLength {
    Frame(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }

  private static final class Received implements MethodDescriptor.Marshaller<ReceivedFrame> {
    @Override
    public InputStream stream(ReceivedFrame frame) {
      throw new UnsupportedOperationException("only received");
    }

    @Override
    public ReceivedFrame parse(InputStream stream) {
      try {
        return ReceivedFrame.parse(bytes(stream));
      } catch (IOException e) {
        throw Status.INTERNAL
            .withDescription("a frame that cannot be read")
            .withCause(e)
            .asRuntimeException();
      }
    }

    private static byte[] bytes(InputStream stream) throws IOException {
      if (!(stream instanceof KnownLength)) {
        return stream.readAllBytes();
      }
      byte[] bytes = new byte[stream.available()];
      int read = stream.readNBytes(bytes, 0, bytes.length);
      return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }
  }
}
