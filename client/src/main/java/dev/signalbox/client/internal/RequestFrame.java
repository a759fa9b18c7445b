package dev.signalbox.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Puts frames of requests together out of what the calls have encoded. */
final class RequestFrame {
  private RequestFrame() {}

  /** A frame with all that is in {@code rest}, and the requests of these calls. */
  static byte[] encode(ClientFrame rest, List<StreamCall<?>> calls) {
    int size = rest.getSerializedSize();
    for (int i = 0; i < calls.size(); i++) {
      size += size(calls.get(i));
    }
    byte[] frame = new byte[size];
    CodedOutputStream to = CodedOutputStream.newInstance(frame);
    try {
      rest.writeTo(to);
      for (int i = 0; i < calls.size(); i++) {
        write(calls.get(i), to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is room
    }
    return frame;
  }

  /** Bytes that a call's request takes up in a frame. */
  static int size(StreamCall<?> call) {
    int content = contentSize(call);
    return CodedOutputStream.computeTagSize(ClientFrame.REQUESTS_FIELD_NUMBER)
        + CodedOutputStream.computeUInt32SizeNoTag(content)
        + content;
  }

  private static int contentSize(StreamCall<?> call) {
    return CodedOutputStream.computeUInt64Size(Request.NUMBER_FIELD_NUMBER, call.number)
        + call.operation.size();
  }

  private static void write(StreamCall<?> call, CodedOutputStream to) throws IOException {
    to.writeTag(ClientFrame.REQUESTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    to.writeUInt32NoTag(contentSize(call));
    to.writeUInt64(Request.NUMBER_FIELD_NUMBER, call.number);
    ByteString operation = call.operation;
    to.writeRawBytes(operation);
  }
}
