package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Image;
import dev.signalbox.server.core.Limits;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One node with a durable log. */
class DurableLogTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  @Rule({"E2", "L7"})
  void restart_fromTheLog_findsTheSameState(Keeper keeper) {
    List<Image> before;
    try (LogNode node = LogNode.start(keeper.in(directory))) {
      SessionId session = node.openSession();
      node.create("jobs", 2);
      node.ask(session, 1, LogNode.acquire("jobs", 0));
      before = images(node);
    }
    try (LogNode node = LogNode.start(keeper.in(directory))) {
      assertThat(images(node)).isEqualTo(before);
    }
  }

  @Test
  @Rule("E1")
  void repeatedRequest_afterARestart_getsTheFirstAnswer() {
    SessionId session;
    Result first;
    try (LogNode node = start()) {
      session = node.openSession();
      node.create("jobs", 2);
      first = node.ask(session, 1, LogNode.acquire("jobs", 0));
    }
    try (LogNode node = start()) {
      assertThat(node.ask(session, 1, LogNode.acquire("jobs", 0))).isEqualTo(first);
      assertThat(node.count("jobs")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void restart_fromASnapshot_findsTheSameState(Keeper keeper) throws IOException {
    List<Image> before;
    try (LogNode node = LogNode.start(keeper.in(directory, 20_000))) {
      SessionId session = node.openSession();
      node.create("jobs", 1_000);
      for (int i = 1; i <= 60; i++) {
        node.ask(session, i, LogNode.acquire("jobs", 0));
      }
      await().atMost(LogNode.PATIENCE).until(() -> !snapshots().isEmpty());
      before = images(node);
    }
    try (LogNode node = LogNode.start(keeper.in(directory))) {
      assertThat(images(node)).isEqualTo(before);
    }
  }

  @Test
  void snapshot_thatIsDamaged_refusesToStart() throws IOException {
    try (LogNode node = LogNode.start(snapshotsEvery(1_000))) {
      node.create("a", 1);
      node.create("b", 1);
      node.create("c", 1);
      await().atMost(LogNode.PATIENCE).until(() -> !snapshots().isEmpty());
    }
    Path latest = snapshots().get(snapshots().size() - 1);
    byte[] bytes = Files.readAllBytes(latest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(latest, bytes);

    assertThatThrownBy(() -> start())
        .hasMessageContaining("is damaged, so this node does not start");
  }

  /** A node that gets an address for others, or loses it, is the same. */
  @ParameterizedTest
  @EnumSource
  @Rule({"E1", "E2", "L7"})
  void restart_withTheOtherKeeper_findsTheSameState_andBack(Keeper keeper) {
    SessionId session;
    Result first;
    List<Image> before;
    try (LogNode node = LogNode.start(keeper.in(directory))) {
      session = node.openSession();
      node.create("jobs", 10);
      first = node.ask(session, 1, LogNode.acquire("jobs", 0));
      before = images(node);
    }
    try (LogNode node = LogNode.start(keeper.other().in(directory))) {
      assertThat(images(node)).isEqualTo(before);
      assertThat(node.ask(session, 1, LogNode.acquire("jobs", 0))).isEqualTo(first);
      node.ask(session, 2, LogNode.acquire("jobs", 0));
      before = images(node);
    }
    try (LogNode node = LogNode.start(keeper.in(directory))) {
      assertThat(images(node)).isEqualTo(before);
      assertThat(node.count("jobs")).isEqualTo(8);
    }
  }

  @Test
  void dataDirectory_inUse_refusesASecondServer() {
    try (LogNode node = start()) {
      assertThat(node.leads()).isTrue();
      assertThatThrownBy(() -> start()).hasMessageContaining("is in use");
    }
  }

  @Test
  void dataDirectory_ofAnotherNode_isRefused() {
    start().close();
    RatisOptions other =
        new RatisOptions(
            directory, "n2", "127.0.0.1", List.of(), false, RatisOptions.DEFAULT_SNAPSHOT_BYTES);

    assertThatThrownBy(() -> LogNode.start(other)).hasMessageContaining("belongs to node 'n1'");
  }

  @Test
  void close_refusesWhatComesLater() {
    LogNode node = start();
    node.close();

    assertThatThrownBy(() -> node.ask(new Command.Configure(Limits.DEFAULT)))
        .isInstanceOfSatisfying(
            LogNode.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Failure.STOPPING));
  }

  @Test
  void entries_ofManyWriters_areAllApplied() {
    try (LogNode node = start()) {
      SessionId session = node.openSession();
      node.create("jobs", 10_000);
      List<CompletableFuture<Result>> asked = new ArrayList<>();
      for (int i = 1; i <= 2_000; i++) {
        asked.add(
            node.submit(
                new Command.Request(session, i, LogNode.acquire("jobs", Operation.FOREVER))));
      }
      asked.forEach(LogNode::get);
      assertThat(node.count("jobs")).isEqualTo(8_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void entryThatIsTooLarge_isDropped_andTheNodeGoesOn(Keeper keeper) {
    try (LogNode node = LogNode.start(keeper.in(directory))) {
      SessionId session = node.openSession();
      List<Long> numbers = Collections.nCopies(500_000, Long.MAX_VALUE);

      assertThatThrownBy(() -> node.ask(new Command.Acknowledge(session, 1, numbers)))
          .isInstanceOf(LogNode.Refused.class);
      node.create("jobs", 1);
      assertThat(node.count("jobs")).isEqualTo(1);
      assertThat(node.failures()).isEmpty();
    }
  }

  @Test
  void confirmLeadership_alone_confirms() {
    try (LogNode node = start()) {
      CompletableFuture<Boolean> leads = new CompletableFuture<>();
      node.sequencer().confirmLeadership(() -> leads.complete(true), () -> leads.complete(false));
      assertThat(LogNode.get(leads)).isTrue();
    }
  }

  private LogNode start() {
    return LogNode.start(Keeper.NODE.in(directory));
  }

  private RatisOptions snapshotsEvery(long bytes) {
    return Keeper.NODE.in(directory, bytes);
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(path -> path.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
          .sorted()
          .toList();
    }
  }

  /** The whole state but for the time, which goes on. */
  private static List<Image> images(LogNode node) {
    return node.look(machine -> {
      List<Image> images = new ArrayList<>();
      machine.writeTo(image -> images.add(withoutTime(image)));
      return images;
    });
  }

  private static Image withoutTime(Image image) {
    return image instanceof Image.Header header
        ? new Image.Header(
            0,
            header.lastSession(),
            header.lastSemaphore(),
            header.lastGrant(),
            header.lastArrival(),
            header.limits())
        : image;
  }
}
