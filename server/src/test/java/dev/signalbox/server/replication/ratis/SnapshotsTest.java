package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots while a node runs, and what it makes of them when it starts. */
class SnapshotsTest {
  private static final long ALWAYS_COPIED = Long.MAX_VALUE;
  private static final long ALWAYS_REPLAYED = -1;
  private static final String LONG = "x".repeat(245);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "NODE," + ALWAYS_COPIED,
    "NODE," + ALWAYS_REPLAYED,
    "ENGINE," + ALWAYS_COPIED,
    "ENGINE," + ALWAYS_REPLAYED
  })
  void snapshot_isThatOfTheLiveState_byteForByte(Keeper keeper, long copied) throws IOException {
    RandomTraffic traffic = new RandomTraffic(copied);
    Map<Long, byte[]> expected = new HashMap<>();
    int compared = 0;
    try (LogNode node = LogNode.start(keeper.in(directory), new Snapshots.Policy(15_000, copied))) {
      while (compared < 10) {
        for (int i = 0; i < 20; i++) {
          expected.put(node.write(traffic.next()), traffic.snapshot());
        }
        for (Path snapshot : snapshots()) {
          Optional<byte[]> bytes = bytesOf(snapshot);
          if (bytes.isPresent()) {
            assertThat(bytes.get()).isEqualTo(expected.get(index(snapshot)));
            compared++;
          }
        }
      }
    }
  }

  /** Empty if newer ones have taken its place meanwhile. */
  private static Optional<byte[]> bytesOf(Path snapshot) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(snapshot));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {ALWAYS_COPIED, ALWAYS_REPLAYED})
  @Rule({"E1", "E2", "L7"})
  void restart_fromASnapshotAndTheLogSince_findsTheSameState(long copied) throws IOException {
    Snapshots.Policy policy = new Snapshots.Policy(20_000, copied);
    SessionId session;
    Result last;
    try (LogNode node = start(policy)) {
      session = node.openSession();
      node.create("jobs", 1_000);
      int number = 0;
      while (snapshots().size() < 2) {
        node.ask(session, ++number, LogNode.acquire("jobs", 0));
      }
      last = node.ask(session, 1_000, LogNode.acquire("jobs", 0));
      assertThat(node.count("jobs")).isEqualTo(1_000 - number - 1);
    }
    try (LogNode node = start(policy)) {
      int count = node.count("jobs");
      assertThat(node.ask(session, 1_000, LogNode.acquire("jobs", 0))).isEqualTo(last);
      assertThat(node.count("jobs")).isEqualTo(count);
    }
  }

  /** A replay that is also written down takes twice as long, and clients wait for it. */
  @Test
  void replayAtTheStart_isNotWrittenDown_untilTheNodeServes() throws IOException {
    long replayed;
    try (LogNode node = start(new Snapshots.Policy(Long.MAX_VALUE, ALWAYS_COPIED))) {
      for (int i = 0; i < 300; i++) {
        node.create("a" + i, 1);
      }
      replayed = node.applied();
    }
    try (LogNode node = start(new Snapshots.Policy(10_000, ALWAYS_COPIED))) {
      await().atMost(LogNode.PATIENCE).until(() -> !snapshots().isEmpty());
      assertThat(snapshots()).allMatch(snapshot -> index(snapshot) > replayed);
      assertThat(node.count("a299")).isEqualTo(1);
    }
  }

  /** 48 MiB go through the log. */
  @ParameterizedTest
  @ValueSource(longs = {ALWAYS_COPIED, ALWAYS_REPLAYED})
  void log_underLoad_isPurged(long copied) {
    Snapshots.Policy policy = new Snapshots.Policy(4 << 20, copied);
    try (LogNode node = start(policy)) {
      node.create("jobs", 1_000);
      for (int round = 0; round < 12; round++) {
        List<CompletableFuture<Result>> asked = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
          asked.add(node.submit(much()));
        }
        asked.forEach(LogNode::get);
      }
      await().atMost(LogNode.PATIENCE).until(() -> bytesOnDisk() < 28 << 20);
    }
    try (LogNode node = start(policy)) {
      assertThat(node.count("jobs")).isEqualTo(1_000);
    }
  }

  @Test
  void snapshot_thatCannotBeWritten_isTriedAgain_andNobodyIsDisturbed() throws IOException {
    try (LogNode node = start(new Snapshots.Policy(5_000, ALWAYS_COPIED))) {
      Path place = place();
      Path away = place.resolveSibling("away");
      Files.move(place, away);
      Files.createFile(place);
      for (int i = 0; i < 100; i++) {
        node.create("a" + i, 1);
      }
      assertThat(node.failures()).isEmpty();
      Files.delete(place);
      Files.move(away, place);
      for (int i = 0; snapshots().isEmpty(); i++) {
        node.create("b" + i, 1);
      }
      assertThat(node.count("a99")).isEqualTo(1);
      assertThat(node.failures()).isEmpty();
    }
    try (LogNode node = start(new Snapshots.Policy(5_000, ALWAYS_COPIED))) {
      assertThat(node.count("a0")).isEqualTo(1);
    }
  }

  @Test
  void unfinishedSnapshot_isRemovedAtTheStart() throws IOException {
    LogNode.start(Keeper.NODE.in(directory)).close();
    Path left = place().resolve("snapshot.1_7.unfinished");
    Files.writeString(left, "half of it");
    LogNode.start(Keeper.NODE.in(directory)).close();

    assertThat(left).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void newestSnapshot_thatIsDamaged_refusesToStart(Damage damage) throws IOException {
    try (LogNode node = start(new Snapshots.Policy(10 << 20, ALWAYS_COPIED))) {
      while (snapshots().size() < 2) {
        node.ask(much());
      }
      long newest = index(snapshots().get(1));
      await().atMost(LogNode.PATIENCE).until(() -> !isInTheLog(newest / 2));
    }
    damage.doTo(snapshots().get(1));

    assertThatThrownBy(() -> LogNode.start(Keeper.NODE.in(directory)))
        .hasMessageContaining("so this node does not start")
        .message()
        .doesNotContain("\n");
  }

  /** What may happen to a file. */
  enum Damage {
    FLIPPED,
    CUT_OFF,
    WITHOUT_CHECKSUM,
    MISSING;

    void doTo(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case FLIPPED -> {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
        case CUT_OFF -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        case WITHOUT_CHECKSUM -> Files.delete(file.resolveSibling(file.getFileName() + ".md5"));
        case MISSING -> Files.delete(file);
      }
    }
  }

  private LogNode start(Snapshots.Policy policy) {
    return LogNode.start(Keeper.NODE.in(directory), policy);
  }

  /** Whether a segment has the entry. */
  private boolean isInTheLog(long index) throws IOException {
    try (Stream<Path> files = Files.list(place().resolveSibling("current"))) {
      return files
          .map(path -> path.getFileName().toString().split("[_-]"))
          .filter(name -> name[0].equals("log") && !name[1].equals("inprogress"))
          .anyMatch(name -> Long.parseLong(name[1]) <= index && index <= Long.parseLong(name[2]));
    }
  }

  /** A request of 64 KiB that is refused. */
  private static Command much() {
    return new Command.Request(
        null,
        0,
        new Operation.Release(
            Collections.nCopies(Operation.MAX_ITEMS, new Operation.Signal(LONG, 1)), List.of()));
  }

  private List<Path> snapshots() throws IOException {
    try (Stream<Path> files = Files.list(place())) {
      return files
          .filter(path -> path.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
          .sorted(Comparator.comparingLong(SnapshotsTest::index))
          .toList();
    }
  }

  private static long index(Path snapshot) {
    String name = snapshot.getFileName().toString();
    return Long.parseLong(name.substring(name.indexOf('_') + 1));
  }

  private Path place() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(path -> path.endsWith("current"))
          .findFirst()
          .orElseThrow()
          .resolveSibling("sm");
    }
  }

  private long bytesOnDisk() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(SnapshotsTest::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
