package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Resume;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.SessionServiceGrpc;
import dev.signalbox.v1.SessionServiceGrpc.SessionServiceStub;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A session stream without any SDK: what is sent is what the test says. */
public final class RawStream {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Receiver receiver = new Receiver();
  private final ClientCallStreamObserver<ClientFrame> out;
  private final boolean reads;
  private long frame;

  private RawStream(SessionServiceStub stub, boolean reads, long lastFrame) {
    this.reads = reads;
    this.frame = lastFrame;
    this.out = (ClientCallStreamObserver<ClientFrame>) stub.connect(receiver);
  }

  /** A stream on which nothing has been sent. */
  public static RawStream connect(Channel channel) {
    return new RawStream(SessionServiceGrpc.newStub(channel), true, 0);
  }

  /** A stream that reads nothing until {@link #read}. */
  public static RawStream connectUnread(Channel channel) {
    return new RawStream(SessionServiceGrpc.newStub(channel), false, 0);
  }

  /** A stream with a session of its own and a lease of 15 s. */
  public static RawStream open(Channel channel) {
    return open(channel, Open.newBuilder().setClientName("raw").build());
  }

  /** A stream with a session of its own. */
  public static RawStream open(Channel channel, Open open) {
    return connect(channel).open(open);
  }

  /** A stream whose frames are compressed. */
  public static RawStream open(Channel channel, String compression) {
    SessionServiceStub stub = SessionServiceGrpc.newStub(channel).withCompression(compression);
    return new RawStream(stub, true, 0).open(Open.newBuilder().setClientName("raw").build());
  }

  private RawStream open(Open open) {
    send(ClientFrame.newBuilder().setOpen(open));
    awaitFrame(ServerFrame::hasOpened);
    return this;
  }

  /** Another stream of the same session; frames are numbered on. */
  public RawStream resume(Channel channel, long lastNumber, Long... unanswered) {
    RawStream stream = new RawStream(SessionServiceGrpc.newStub(channel), true, frame);
    stream.send(
        ClientFrame.newBuilder()
            .setResume(
                Resume.newBuilder()
                    .setSessionId(sessionId())
                    .setLastNumber(lastNumber)
                    .addAllUnanswered(List.of(unanswered))));
    return stream;
  }

  /** Sends a frame under the next number, and says which. */
  public long send(ClientFrame.Builder builder) {
    sendAsIs(builder.setFrame(++frame).build());
    return frame;
  }

  public void sendAsIs(ClientFrame sent) {
    out.onNext(sent);
  }

  public long send(Request... requests) {
    return send(ClientFrame.newBuilder().addAllRequests(List.of(requests)));
  }

  /** Sends the requests in a frame and waits for the answer to the last. */
  public Reply ask(Request... requests) {
    send(requests);
    return reply(requests[requests.length - 1].getNumber());
  }

  /** Breaks the stream without a word. */
  public void cut() {
    out.cancel("cut by the test", null);
  }

  public void halfClose() {
    out.onCompleted();
  }

  /** Asks for so many frames more. */
  public void read(int frames) {
    out.request(frames);
  }

  /** Whether the transport would take more without piling it up. */
  public boolean isReady() {
    return out.isReady();
  }

  public ByteString sessionId() {
    return awaitFrame(ServerFrame::hasOpened).getOpened().getSessionId();
  }

  public Reply reply(long number) {
    ServerFrame with = awaitFrame(received -> find(received, number) != null);
    return Objects.requireNonNull(find(with, number));
  }

  /** Every answer to that number so far. */
  public List<Reply> replies(long number) {
    return receiver.all().stream()
        .flatMap(received -> received.getRepliesList().stream())
        .filter(reply -> reply.getNumber() == number)
        .toList();
  }

  public ServerFrame awaitFrame(Predicate<ServerFrame> wanted) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> receiver.first(wanted), Objects::nonNull);
  }

  public void awaitRenewed(long number) {
    awaitFrame(received -> received.getRenewedThrough() >= number);
  }

  /** How the server ended the stream; OK if it completed. */
  public Status awaitEnd() {
    Throwable error = awaitEndOfStream();
    return error == null ? Status.OK : Status.fromThrowable(error);
  }

  /** The error that the stream ended with. */
  public StatusRuntimeException awaitError() {
    Throwable error = awaitEndOfStream();
    assertThat(error).as("the stream's error").isInstanceOf(StatusRuntimeException.class);
    return (StatusRuntimeException) Objects.requireNonNull(error);
  }

  public boolean hasEnded() {
    return receiver.end.isDone();
  }

  public List<ServerFrame> received() {
    return receiver.all();
  }

  private @Nullable Throwable awaitEndOfStream() {
    try {
      receiver.end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("the stream did not end", e);
    }
  }

  private static @Nullable Reply find(ServerFrame frame, long number) {
    for (Reply reply : frame.getRepliesList()) {
      if (reply.getNumber() == number) {
        return reply;
      }
    }
    return null;
  }

  private final class Receiver implements ClientResponseObserver<ClientFrame, ServerFrame> {
    private final List<ServerFrame> frames = new ArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<ClientFrame> stream) {
      if (!reads) {
        stream.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public synchronized void onNext(ServerFrame received) {
      frames.add(received);
    }

    @Override
    public void onError(Throwable t) {
      end.completeExceptionally(t);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }

    synchronized @Nullable ServerFrame first(Predicate<ServerFrame> wanted) {
      return frames.stream().filter(wanted).findFirst().orElse(null);
    }

    synchronized List<ServerFrame> all() {
      return List.copyOf(frames);
    }
  }
}
