package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.CreateSemaphore;
import dev.signalbox.v1.ObjectKind;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.ResetEvent;
import dev.signalbox.v1.ServerFrame;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of mutexes and events survives the loss of the leader. */
class MutexAndEventFailOverTest {
  @TempDir private Path directory;
  private TestCluster servers;
  private TestServer server;

  @BeforeEach
  void start() {
    servers = new TestCluster(directory).found("n1", "n2", "n3");
    server = servers.node(servers.leader());
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  @Test
  @Rule({"M2", "M3", "V2", "V3", "V4", "E1", "L7"})
  void successor_knowsOwnersAndWhoVanished_whatIsSet_andWhatWasAnswered() {
    abandonTwo();
    RawStream before = RawStream.open(server.channel());
    Reply granted = before.ask(Wire.acquire(1, "told"));
    before.ask(Wire.signal(2, "auto", 1));
    Reply reset = before.ask(reset(3));
    Reply set = before.ask(Wire.signal(4, "manual", 1));

    servers.stopLeader();
    server = servers.node(servers.leader());
    RawStream after = before.resume(server.channel(), 4, 1L, 3L, 4L);
    after.awaitFrame(ServerFrame::hasResumed);
    assertThat(after.ask(Wire.acquire(1, "told"))).isEqualTo(granted);
    assertThat(granted.getAcquire().getGrant().getParts(0).getAbandoned()).isTrue();
    assertThat(after.ask(reset(3))).isEqualTo(reset);
    assertThat(reset.getReset().getPreviousCount()).isEqualTo(1);
    assertThat(after.ask(Wire.signal(4, "manual", 1))).isEqualTo(set);
    assertThat(server.semaphore("auto").getCount()).isZero();
    assertThat(server.semaphore("manual").getCount()).isEqualTo(1);
    assertThat(server.semaphore("told").getHeld()).isEqualTo(1);
    assertThat(server.semaphore("told").getAbandoned()).isFalse();
    assertThat(server.semaphore("untold").getAbandoned()).isTrue();
  }

  /** Two mutexes whose owner goes; nobody owns them then. */
  private void abandonTwo() {
    RawStream owner = RawStream.open(server.channel());
    owner.ask(
        create(1, "told", ObjectKind.OBJECT_KIND_MUTEX, false),
        create(2, "untold", ObjectKind.OBJECT_KIND_MUTEX, false),
        create(3, "auto", ObjectKind.OBJECT_KIND_EVENT, false),
        create(4, "manual", ObjectKind.OBJECT_KIND_EVENT, true),
        Wire.acquire(5, "told"),
        Wire.acquire(6, "untold"));
    owner.send(ClientFrame.newBuilder().setClose(true));
    owner.awaitFrame(ServerFrame::hasEnded);
  }

  private static Request create(long number, String name, ObjectKind kind, boolean manualReset) {
    return Request.newBuilder()
        .setNumber(number)
        .setCreate(
            CreateSemaphore.newBuilder().setName(name).setKind(kind).setManualReset(manualReset))
        .build();
  }

  private static Request reset(long number) {
    return Request.newBuilder()
        .setNumber(number)
        .setResetEvent(ResetEvent.newBuilder().setName("auto"))
        .build();
  }
}
