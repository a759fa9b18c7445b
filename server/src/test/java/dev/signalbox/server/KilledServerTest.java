package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.Open;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.Semaphore;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.ServerFrame;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server process is killed under load, or runs out of disk. */
class KilledServerTest {
  private static final int KILLS = 3;
  private static final int CREATES = 1_000;
  private static final int AT_ONCE = 100;
  private static final int MAX = 1_000;
  private static final long LEASE = 2_000;

  @TempDir Path directory;

  /** What was confirmed is there; what was not is answered once, when it is sent again. */
  @Test
  @Rule({"E1", "E2", "L5", "R6"})
  void kill_underLoad_losesNothingThatWasConfirmed_andDoublesNothing() {
    try (ServerProcess server = ServerProcess.start(directory.resolve("data")).awaitReady()) {
      ManagedChannel channel = server.newChannel();
      RawStream opened = RawStream.open(channel);
      opened.ask(Wire.create(1, "jobs", MAX));
      RawStream stream = opened;
      Set<ByteString> grants = new HashSet<>();
      for (int round = 0; round < KILLS; round++) {
        long first = 2 + (long) round * AT_ONCE;
        long last = first + AT_ONCE - 1;
        acquire(stream, first, last);
        stream.reply(first + AT_ONCE / 5);
        server.kill();
        List<Reply> confirmed = repliesOf(stream, first);
        channel.shutdownNow();
        server.restart();
        channel = server.awaitReady().newChannel();
        stream = opened.resume(channel, last, numbers(first, last));
        stream.awaitFrame(ServerFrame::hasResumed);
        acquire(stream, first, last);
        stream.reply(last);
        assertThat(repliesOf(stream, first)).hasSize(AT_ONCE).containsAll(confirmed);
        repliesOf(stream, first)
            .forEach(reply -> grants.add(reply.getAcquire().getGrant().getId()));
      }
      assertThat(grants).hasSize(KILLS * AT_ONCE);
      assertThat(semaphore(channel, "jobs").getHeld()).isEqualTo(KILLS * AT_ONCE);
      assertThat(semaphore(channel, "jobs").getCount()).isEqualTo(MAX - KILLS * AT_ONCE);
      channel.shutdownNow();
    }
  }

  /** No file may grow beyond 1.5 MiB, but the log's segments do. */
  @Test
  @Rule("E2")
  void fullDisk_stopsTheServer_whichConfirmsNothingAnyMore() {
    Path data = directory.resolve("data");
    List<Reply> confirmed;
    try (ServerProcess server = ServerProcess.startWithSmallFiles(data, 1_536).awaitReady()) {
      ManagedChannel channel = server.newChannel();
      RawStream stream = RawStream.open(channel);
      for (int last = 0; !stream.hasEnded(); ) {
        last += CREATES;
        int number = last;
        stream.send(creates(last - CREATES + 1, last));
        await().until(() -> !stream.replies(number).isEmpty() || stream.hasEnded());
      }
      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(server.log()).contains("The log failed; this node stops");
      confirmed = repliesTo(stream);
      channel.shutdownNow();
    }
    assertThat(confirmed).hasSizeGreaterThan(CREATES);
    try (ServerProcess server = ServerProcess.start(data).awaitReady()) {
      ManagedChannel channel = server.newChannel();
      Reply last = confirmed.get(confirmed.size() - 1);
      String name = last.getSemaphore().getSemaphore().getName();
      assertThat(semaphore(channel, name).getName()).isEqualTo(name);
      channel.shutdownNow();
    }
  }

  /** The entry is written, but the disk does not say that it will stay. */
  @Test
  @Rule("E2")
  void failingSync_stopsTheServer_whichConfirmsNothingAnyMore() throws IOException {
    Path data = directory.resolve("data");
    Path trigger = directory.resolve("syncs-fail");
    try (ServerProcess server = ServerProcess.startOnFailingDisk(data, trigger).awaitReady()) {
      ManagedChannel channel = server.newChannel();
      RawStream stream = RawStream.open(channel);
      stream.ask(Wire.create(1, "jobs", 3));
      stream.ask(Wire.acquire(2, "jobs"));
      Files.createFile(trigger);
      stream.send(Wire.acquire(3, "jobs"));

      assertThat(server.awaitExit()).isEqualTo(1);
      assertThat(stream.awaitEnd().getCode()).isNotEqualTo(Status.Code.OK);
      assertThat(stream.replies(3)).isEmpty();
      assertThat(server.log())
          .containsPattern("The log failed; this node stops.*Input/output error");
      channel.shutdownNow();
    }
    Files.delete(trigger);
    try (ServerProcess server = ServerProcess.start(data).awaitReady()) {
      ManagedChannel channel = server.newChannel();
      assertThat(semaphore(channel, "jobs").getHeld()).isBetween(1L, 2L);
      channel.shutdownNow();
    }
  }

  /** Both sessions are on the connection whose thread waits for the disk: neither is heard. */
  @Test
  @Rule("L7")
  void stalledDisk_forLongerThanALease_endsNoSession() throws IOException {
    Path trigger = directory.resolve("syncs-stall");
    try (ServerProcess server =
        ServerProcess.startOnStallingDisk(directory.resolve("data"), trigger).awaitReady()) {
      ManagedChannel channel = server.newChannel();
      Open open = Open.newBuilder().setClientName("test").setLease(Wire.millis(LEASE)).build();
      RawStream writer = RawStream.open(channel, open);
      RawStream silent = RawStream.open(channel, open);
      writer.ask(Wire.create(1, "jobs", 3));
      silent.ask(Wire.acquire(1, "jobs"));
      Files.createFile(trigger);
      writer.send(Wire.acquire(2, "jobs"));
      await().pollDelay(Duration.ofMillis(3 * LEASE)).until(() -> writer.replies(2).isEmpty());
      Files.delete(trigger);

      assertThat(writer.reply(2).hasAcquire()).isTrue();
      assertThat(silent.ask(Wire.acquire(2, "jobs")).hasAcquire()).isTrue();
      assertThat(semaphore(channel, "jobs").getHeld()).isEqualTo(3);
      channel.shutdownNow();
    }
  }

  /** Long names, to fill the log fast. */
  private static Request[] creates(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> Wire.create(number, "x".repeat(240) + number, 1))
        .toArray(Request[]::new);
  }

  private static List<Reply> repliesTo(RawStream stream) {
    return stream.received().stream()
        .flatMap(frame -> frame.getRepliesList().stream())
        .filter(Reply::hasSemaphore)
        .toList();
  }

  private static void acquire(RawStream stream, long first, long last) {
    for (long number = first; number <= last; number++) {
      stream.send(Wire.acquire(number, "jobs"));
    }
  }

  private static Long[] numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toArray(Long[]::new);
  }

  /** The answers to acquires from this number on. */
  private static List<Reply> repliesOf(RawStream stream, long first) {
    return stream.received().stream()
        .flatMap(frame -> frame.getRepliesList().stream())
        .filter(reply -> reply.hasAcquire() && reply.getNumber() >= first)
        .toList();
  }

  private static Semaphore semaphore(ManagedChannel channel, String name) {
    return SemaphoreServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .getSemaphore(GetSemaphoreRequest.newBuilder().setName(name).build());
  }
}
