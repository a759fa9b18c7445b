package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import dev.signalbox.server.RawStream;
import dev.signalbox.server.Rule;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.server.WireError;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Resume;
import dev.signalbox.v1.Session;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtocolViolationTest {
  private static final Open OPEN = Open.newBuilder().setClientName("x").build();
  private static final ByteString SOME_ID = ByteString.copyFrom(new byte[16]);

  private final TestServer server = TestServer.start();
  private final RawStream bystander = RawStream.open(server.newChannel());

  @BeforeAll
  void busyBystander() {
    bystander.ask(Wire.create(1, "bystander", 1), Wire.acquire(2, "bystander"));
  }

  @AfterAll
  void stop() {
    bystander.awaitRenewed(bystander.send(ClientFrame.newBuilder()));
    assertThat(server.semaphore("bystander").getHeld()).isEqualTo(1);
    server.close();
  }

  static Stream<Arguments> firstFrames() {
    return Stream.of(
        arguments("nothing", frame()),
        arguments("requests only", frame().addRequests(Wire.create(1, "a", 1))),
        arguments("close only", frame().setClose(true)),
        arguments("open and resume", frame().setOpen(OPEN).setResume(resume())),
        arguments("open with requests", frame().setOpen(OPEN).addRequests(Wire.create(1, "a", 1))),
        arguments("number 0", frame().setFrame(0).setOpen(OPEN)),
        arguments("number beyond 2^63", frame().setFrame(-1).setOpen(OPEN)),
        arguments("acknowledged beyond 2^63", frame().setOpen(OPEN).setAcknowledgedThrough(-1)),
        arguments("short session id", frame().setResume(id(SOME_ID.substring(1)))),
        arguments("no session id", frame().setResume(id(ByteString.EMPTY))),
        arguments("long session id", frame().setResume(id(SOME_ID.concat(SOME_ID)))),
        arguments("last number beyond 2^63", frame().setResume(resume().setLastNumber(-1))),
        arguments("unanswered 0", frame().setResume(unanswered(5, 0))),
        arguments("unanswered descending", frame().setResume(unanswered(5, 3, 2))),
        arguments("unanswered twice", frame().setResume(unanswered(5, 3, 3))),
        arguments("unanswered beyond last", frame().setResume(unanswered(5, 6))),
        arguments(
            "too many unanswered",
            frame().setResume(unanswered(200_000, LongStream.rangeClosed(1, 131_073).toArray()))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("firstFrames")
  void firstFrame_outOfProtocol_endsTheStream(String name, ClientFrame.Builder frame) {
    List<Session> before = server.sessions();
    RawStream stream = RawStream.connect(server.channel());
    stream.sendAsIs(frame.build());

    assertViolation(stream);
    assertThat(server.sessions()).as(name).isEqualTo(before);
  }

  static Stream<Arguments> laterFrames() {
    ClientFrame.Builder crowded = frame(2);
    for (int i = 1; i <= 8_193; i++) {
      crowded.addRequests(Wire.signal(i, "missing", 1));
    }
    return Stream.of(
        arguments("open again", frame(2).setOpen(OPEN)),
        arguments("resume again", frame(2).setResume(resume())),
        arguments("same number again", frame(1)),
        arguments("number 0", frame(0)),
        arguments("request 0", frame(2).addRequests(Wire.create(0, "a", 1))),
        arguments("request beyond 2^63", frame(2).addRequests(Wire.create(-1, "a", 1))),
        arguments(
            "requests descending",
            frame(2).addRequests(Wire.create(2, "a", 1)).addRequests(Wire.create(1, "b", 1))),
        arguments(
            "request twice",
            frame(2).addRequests(Wire.create(2, "a", 1)).addRequests(Wire.create(2, "a", 1))),
        arguments("bytes that are no request", frame(2).setUnknownFields(noRequest())),
        arguments("acknowledged beyond 2^63", frame(2).setAcknowledgedThrough(-1)),
        arguments("acknowledged 0", frame(2).addAcknowledged(0)),
        arguments("8193 requests", crowded));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("laterFrames")
  @Rule("L5")
  void laterFrame_outOfProtocol_endsTheStream_andTheSessionLivesOn(
      String name, ClientFrame.Builder frame) {
    RawStream stream = RawStream.connect(server.channel());
    stream.send(ClientFrame.newBuilder().setOpen(Open.newBuilder().setClientName(name)));
    stream.sessionId();
    stream.sendAsIs(frame.build());

    assertViolation(stream);
    assertThat(server.sessions()).extracting(Session::getClientName).contains(name);
    assertThat(server.unary().listSemaphores(all()).getSemaphoresCount()).isEqualTo(1);
    RawStream resumed = stream.resume(server.channel(), 0);
    assertThat(resumed.ask(Wire.signal(1, "missing", 1)).hasError()).isTrue();
    resumed.send(ClientFrame.newBuilder().setClose(true));
    assertThat(resumed.awaitEnd().isOk()).isTrue();
  }

  @Test
  void frameAfterClose_changesNothing() {
    RawStream stream = RawStream.open(server.channel());
    stream.send(ClientFrame.newBuilder().setClose(true));
    stream.send(Wire.create(1, "late", 1));

    assertThat(stream.awaitEnd().isOk()).isTrue();
    assertThat(server.unary().listSemaphores(all()).getSemaphoresCount()).isEqualTo(1);
  }

  /** Bytes where a request should be. */
  private static UnknownFieldSet noRequest() {
    ByteString bytes = ByteString.copyFrom(new byte[] {8, 1, 50, 5, 10});
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder().addLengthDelimited(bytes).build();
    return UnknownFieldSet.newBuilder().addField(ClientFrame.REQUESTS_FIELD_NUMBER, field).build();
  }

  private static void assertViolation(RawStream stream) {
    WireError error = WireError.of(stream.awaitError());
    assertThat(error.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(error.reason()).isEqualTo("PROTOCOL_VIOLATION");
    assertThat(error.metadata().get("why")).isNotEmpty();
    assertThat(error.message()).contains(error.metadata().get("why"));
  }

  private static dev.signalbox.v1.ListSemaphoresRequest all() {
    return dev.signalbox.v1.ListSemaphoresRequest.getDefaultInstance();
  }

  private static ClientFrame.Builder frame() {
    return frame(1);
  }

  private static ClientFrame.Builder frame(long number) {
    return ClientFrame.newBuilder().setFrame(number);
  }

  private static Resume.Builder resume() {
    return id(SOME_ID);
  }

  private static Resume.Builder id(ByteString id) {
    return Resume.newBuilder().setSessionId(id);
  }

  private static Resume.Builder unanswered(long last, long... numbers) {
    Resume.Builder resume = resume().setLastNumber(last);
    LongStream.of(numbers).forEach(resume::addUnanswered);
    return resume;
  }
}
