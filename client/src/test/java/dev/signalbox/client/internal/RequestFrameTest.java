package dev.signalbox.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.OpenSemaphore;
import dev.signalbox.v1.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestFrameTest {
  private final SessionLink link = UnstartedLink.create();

  private final class Sent extends StreamCall<String> {
    Sent(Request request) {
      super(link);
      number = request.getNumber();
      operation = request.toBuilder().clearNumber().build().toByteString();
    }

    @Override
    protected ByteString encode(Session session) {
      return operation;
    }

    @Override
    protected String read(AnswerReader answer, Session session) {
      return "";
    }
  }

  @Test
  void frame_isTheMessageWithItsRequests() throws InvalidProtocolBufferException {
    ClientFrame.Builder frame = ClientFrame.newBuilder().setFrame(300).addAcknowledged(1L << 60);
    List<StreamCall<?>> calls = new ArrayList<>();
    byte[] without = RequestFrame.encode(frame.build(), calls);
    assertThat(ClientFrame.parseFrom(without)).isEqualTo(frame.build());
    int size = without.length;
    for (int length : new int[] {1, 20, 128, 20_000}) {
      Request request =
          Request.newBuilder()
              .setNumber(1L << length % 64)
              .setOpen(OpenSemaphore.newBuilder().setName("n".repeat(length)))
              .build();
      frame.addRequests(request);
      calls.add(new Sent(request));
      size += RequestFrame.size(calls.get(calls.size() - 1));
    }
    byte[] encoded = RequestFrame.encode(frame.build().toBuilder().clearRequests().build(), calls);
    assertThat(ClientFrame.parseFrom(encoded)).isEqualTo(frame.build());
    assertThat(encoded).hasSize(size);
  }

  @Test
  void whatWasAsked_canBeReadAgain() {
    Request request =
        Request.newBuilder().setNumber(4).setOpen(OpenSemaphore.newBuilder().setName("a")).build();
    assertThat(new Sent(request).asked().getOpen().getName()).isEqualTo("a");
  }
}
