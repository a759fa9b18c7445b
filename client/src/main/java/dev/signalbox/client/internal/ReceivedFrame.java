package dev.signalbox.client.internal;

import com.google.protobuf.CodedInputStream;
import dev.signalbox.v1.ServerFrame;
import java.io.IOException;

/**
 * A frame of the server's.
 *
 * @param message all of it but the answers
 * @param answers to be read once
 */
record ReceivedFrame(ServerFrame message, AnswerReader answers) {
  static ReceivedFrame parse(byte[] bytes) throws IOException {
    ServerFrame.Builder message = ServerFrame.newBuilder();
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int from = 0; // of what is to be merged next
    int at = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == AnswerReader.REPLY) {
        merge(message, bytes, from, at);
        in.skipRawBytes(in.readRawVarint32());
        from = in.getTotalBytesRead();
      } else {
        in.skipField(tag);
      }
      at = in.getTotalBytesRead();
    }
    merge(message, bytes, from, bytes.length);
    return new ReceivedFrame(message.build(), new AnswerReader(bytes));
  }

  private static void merge(ServerFrame.Builder into, byte[] bytes, int from, int to)
      throws IOException {
    if (from < to) {
      into.mergeFrom(bytes, from, to - from);
    }
  }
}
