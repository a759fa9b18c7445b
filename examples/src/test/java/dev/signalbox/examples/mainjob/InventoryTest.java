package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryTest {
  private static final long KIB = 1 << 10;

  @TempDir private Path directory;

  @Test
  void of_aSmallTree_goesThroughItSeveralTimesAndPutsTheLargestFirst() throws IOException {
    for (int i = 1; i <= 50; i++) {
      file("sub/f" + i, i * KIB);
    }
    Inventory inventory = inventory(8_000 * KIB, 64 * KIB);
    assertThat(inventory.bytes()).isEqualTo(1_275 * KIB);
    assertThat(inventory.rounds()).isGreaterThan(4);
    assertThat(cost(inventory)).isBetween(7_000 * KIB, 8_300 * KIB);
    assertThat(inventory.tasks().get(0).bytes()).isEqualTo(50 * KIB);
  }

  @Test
  void of_largeAndSmallFiles_goesThroughTheLargeOnesFewerTimes() throws IOException {
    for (int i = 0; i < 50; i++) {
      file("small" + i, KIB);
      file("large" + i % 5, 100 * KIB);
    }
    assertThat(inventory(8_000 * KIB, 128 * KIB).tasks())
        .hasSize(55)
        .allMatch(task -> task.bytes() == KIB ? task.rounds() > 20 : task.rounds() == 2);
  }

  @Test
  void of_aLargeTree_leavesOutWhatWouldBeTooMuchWork() throws IOException {
    for (int i = 0; i < 20; i++) {
      file("f" + i, 10 * KIB);
    }
    Inventory inventory = inventory(70 * KIB, 64 * KIB);
    assertThat(inventory.tasks()).hasSize(5);
    assertThat(inventory.leftOut()).isEqualTo(15);
    assertThat(inventory.rounds()).isEqualTo(1);
  }

  @Test
  void of_aLargeFile_readsOnlySoMuchOfIt() throws IOException {
    file("large", 100 * KIB);
    Inventory inventory = inventory(KIB, 16 * KIB);
    assertThat(inventory.cut()).isEqualTo(1);
    assertThat(inventory.tasks()).extracting(Task::bytes).containsExactly(16 * KIB);
  }

  @Test
  void of_tinyFiles_makesTheLargestWorthAKill() throws IOException {
    for (int i = 0; i < 100; i++) {
      file("f" + i, 100);
    }
    Inventory inventory = inventory(64_000 * KIB, 64 * KIB);
    assertThat(inventory.tasks().get(0).cost()).isGreaterThan(1_900 * KIB);
  }

  @Test
  void of_symbolicLinks_skipsThem() throws IOException {
    file("real", 10);
    Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));
    Files.createSymbolicLink(directory.resolve("loop"), directory);
    Inventory inventory = inventory(KIB, KIB);
    assertThat(inventory.tasks()).hasSize(1);
    assertThat(inventory.skipped()).isEqualTo(2);
  }

  @Test
  void of_anEmptyTree_isEmpty() throws IOException {
    assertThat(inventory(KIB, KIB).tasks()).isEmpty();
  }

  private static long cost(Inventory inventory) {
    return inventory.tasks().stream().mapToLong(Task::cost).sum();
  }

  private void file(String name, long bytes) throws IOException {
    Path path = directory.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[(int) bytes]);
  }

  private Inventory inventory(long work, long perFile) throws IOException {
    return Inventory.of(
        new JobOptions(
            directory, 4, 3, 4, Duration.ofSeconds(3), Recovery.LEASE, work, perFile, true));
  }
}
