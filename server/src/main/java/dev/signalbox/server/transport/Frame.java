package dev.signalbox.server.transport;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.signalbox.v1.ClientFrame;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A client frame whose requests are still bytes: few of them need a message to be understood
 * ({@link RequestReader}).
 */
final class Frame {
  /** What stands before each request. */
  static final int REQUEST =
      ClientFrame.REQUESTS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private final ClientFrame head;
  private final byte[] bytes;
  private final int requests;

  private Frame(ClientFrame head, byte[] bytes, int requests) {
    this.head = head;
    this.bytes = bytes;
    this.requests = requests;
  }

  /** Everything but the requests. */
  ClientFrame head() {
    return head;
  }

  /** The whole frame; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** How many requests it carries. */
  int requests() {
    return requests;
  }

  /** Reads a frame up to its requests, which are taken as they are. */
  static Frame read(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int requests = 0;
    while (!in.isAtEnd()) {
      int start = in.getTotalBytesRead();
      int tag = in.readTag();
      if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group ends that did not begin");
      }
      if (tag == REQUEST) {
        requests++;
      } else {
        head.write(bytes, start, in.getTotalBytesRead() - start);
      }
    }
    return new Frame(ClientFrame.parseFrom(head.toByteArray()), bytes, requests);
  }

  /** Frames on the wire. */
  static final class Marshaller implements MethodDescriptor.Marshaller<Frame> {
    @Override
    public InputStream stream(Frame frame) {
      return new ByteArrayInputStream(frame.bytes());
    }

    @Override
    public Frame parse(InputStream stream) {
      try {
        return read(bytes(stream));
      } catch (IOException e) {
        throw Status.INTERNAL.withDescription("no frame").withCause(e).asRuntimeException();
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
