package dev.signalbox.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.RawStream;
import dev.signalbox.server.Rule;
import dev.signalbox.server.TestServer;
import dev.signalbox.server.Wire;
import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.ListSemaphoresRequest;
import dev.signalbox.v1.ListSemaphoresResponse;
import dev.signalbox.v1.Open;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that sends without ever reading cannot grow the server's heap (Q3). */
class UnreadStreamTest {
  private static final int REQUESTS = 200_000;
  private static final int PER_FRAME = 500;

  private final TestServer server = TestServer.start();
  private int sent;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Rule("Q3")
  void clientThatNeverReads_isAskedForNoMore_andTheHeapStaysSmall() {
    RawStream stream = openUnread(600_000);
    sendUntilStalled(stream);
    int executed = created();
    long heap = heapAfterCollection();

    assertThat(sent).isLessThan(REQUESTS);
    assertThat(executed).isLessThan(40_000);
    assertThat(heap).isLessThan(150L * 1_048_576);
    assertThat(RawStream.open(server.newChannel()).ask(Wire.create(1, "other", 1)).hasSemaphore())
        .isTrue();
  }

  @Test
  void clientThatReadsAgain_getsEverything() {
    RawStream stream = openUnread(600_000);
    sendUntilStalled(stream);
    stream.read(Integer.MAX_VALUE);
    sendRest(stream, 60_000);

    assertThat(stream.reply(sent).hasSemaphore()).isTrue();
    assertThat(created()).isEqualTo(sent);
  }

  @Test
  @Rule("L2")
  void clientThatNeverReads_expiresLikeAnyOther_andItsStreamIsCut() {
    RawStream stream = openUnread(1_000);
    sendUntilStalled(stream);
    await().until(() -> server.sessions().isEmpty());

    stream.read(Integer.MAX_VALUE);
    assertThat(stream.awaitEnd().isOk()).isFalse();
  }

  private RawStream openUnread(long leaseMillis) {
    RawStream stream = RawStream.connectUnread(server.channel());
    stream.send(
        ClientFrame.newBuilder()
            .setOpen(Open.newBuilder().setClientName("deaf").setLease(Wire.millis(leaseMillis))));
    return stream;
  }

  private void sendUntilStalled(RawStream stream) {
    long lastSent = System.nanoTime();
    while (sent < REQUESTS && System.nanoTime() - lastSent < Duration.ofSeconds(1).toNanos()) {
      if (stream.isReady()) {
        sendFrame(stream);
        lastSent = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private void sendRest(RawStream stream, int upTo) {
    while (sent < upTo) {
      await().pollInterval(Duration.ofMillis(1)).until(stream::isReady);
      sendFrame(stream);
    }
  }

  private void sendFrame(RawStream stream) {
    ClientFrame.Builder frame = ClientFrame.newBuilder();
    for (int i = 0; i < PER_FRAME; i++) {
      sent++;
      frame.addRequests(Wire.create(sent, "unread/" + "x".repeat(60) + sent, 1));
    }
    stream.send(frame);
  }

  private int created() {
    int count = 0;
    String token = "";
    do {
      ListSemaphoresResponse page =
          server
              .unary()
              .listSemaphores(
                  ListSemaphoresRequest.newBuilder()
                      .setPrefix("unread/")
                      .setPageSize(1_000)
                      .setPageToken(token)
                      .build());
      count += page.getSemaphoresCount();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return count;
  }

  private static long heapAfterCollection() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
