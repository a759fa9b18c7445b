package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.fixtures.ScriptedStream;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class FramesTest extends WithScript {
  private List<CompletableFuture<RemoteSemaphore>> opened(SignalboxClient client, int count) {
    List<CompletableFuture<RemoteSemaphore>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(client.semaphores().openAsync("s" + i));
    }
    return calls;
  }

  @Test
  void callsThatPileUp_goInAsFewFramesAsTheyMay() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = service().nextStream();
    List<CompletableFuture<RemoteSemaphore>> calls = opened(client, 10_000);
    stream.open(10_000);
    List<ClientFrame> frames = new ArrayList<>();
    for (int requests = 0; requests < 10_000; ) {
      ClientFrame frame = stream.nextFrame();
      assertThat(frame.getRequestsCount()).isLessThanOrEqualTo(8_192);
      assertThat(frame.getFrame()).isEqualTo(2 + frames.size());
      requests += frame.getRequestsCount();
      frames.add(frame);
    }
    assertThat(frames)
        .as("one or two full ones, the first perhaps a short one")
        .hasSizeBetween(2, 3);
    for (ClientFrame frame : frames) {
      for (Request request : frame.getRequestsList()) {
        stream.replyExists(request);
      }
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(calls.get(i).get().name()).isEqualTo("s" + i);
    }
  }

  /** The first frame has what had come through to the network thread, so it may be a short one. */
  @Test
  void longRequests_fillAFrameSooner() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = service().nextStream();
    String longName = "n".repeat(255);
    for (int i = 0; i < 6_000; i++) {
      var unused = client.semaphores().openAsync(longName);
    }
    stream.open(10_000);
    int largest = 0;
    for (int requests = 0; requests < 6_000; ) {
      ClientFrame frame = stream.nextFrame();
      largest = Math.max(largest, frame.getSerializedSize());
      requests += frame.getRequestsCount();
    }
    assertThat(largest).isBetween(250_000, 300_000);
  }

  @Test
  void requestsUnderWay_areNeverMoreThanTheServerKeeps() throws Exception {
    SignalboxClient client = client();
    ScriptedStream stream = service().nextStream().open(10_000, 2);
    List<CompletableFuture<RemoteSemaphore>> calls = opened(client, 5);
    for (int i = 0; i < 5; i++) {
      Request request = stream.nextRequest();
      assertThat(request.getNumber()).isEqualTo(i + 1);
      assertThat(calls.get(Math.min(4, i + 2)).isDone()).isFalse();
      stream.replyExists(request);
      assertThat(calls.get(i).get().name()).isEqualTo("s" + i);
    }
  }

  @Test
  void executorThatRefuses_losesNoAnswer() throws Exception {
    SignalboxClient client =
        started(
            builder()
                .executor(task -> {
                  throw new RejectedExecutionException("full");
                }));
    ScriptedStream stream = opened();
    assertThat(semaphore(client, stream, "a").name()).isEqualTo("a");
  }
}
