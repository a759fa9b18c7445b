package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power failure can leave behind, and what it cannot. */
class LogTailTest {
  private static final int ENTRIES = 20;

  @TempDir Path directory;
  private Path segment;

  @BeforeEach
  void writeALog() throws IOException {
    try (LogNode node = LogNode.start(directory)) {
      for (int i = 0; i < ENTRIES; i++) {
        node.create("s" + i, 1);
      }
    }
    segment = openSegment();
  }

  @Test
  void lastEntry_endingInZeros_isCutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    int end = end(bytes);
    Arrays.fill(bytes, end - 10, end, (byte) 0);
    Files.write(segment, bytes);

    assertThat(semaphoresAfterRestart()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void lastEntry_endingEarly_isCutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, end(bytes) - 7));

    assertThat(semaphoresAfterRestart()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void lastEntry_beginningInZeros_isCutOff() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    int end = end(bytes);
    Arrays.fill(bytes, end - 30, end - 10, (byte) 0);
    Files.write(segment, bytes);

    assertThat(semaphoresAfterRestart()).isEqualTo(ENTRIES - 1);
  }

  @Test
  void zeros_afterTheLastEntry_changeNothing() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    Files.write(segment, Arrays.copyOf(bytes, bytes.length + 4_096));

    assertThat(semaphoresAfterRestart()).isEqualTo(ENTRIES);
  }

  @Test
  @Rule("E2")
  void oneBit_inTheMiddle_refusesToStart() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    bytes[end(bytes) / 2] ^= 1;
    Files.write(segment, bytes);

    assertThatThrownBy(() -> LogNode.start(directory))
        .hasMessageContaining("the log is damaged at byte")
        .hasMessageContaining("restore the data directory from a backup");
  }

  @Test
  @Rule("E2")
  void anyBit_ofAnyEntryButTheLast_refusesToStart() throws IOException {
    byte[] whole = Files.readAllBytes(segment);
    int lastEntry = end(whole) - 100;
    for (int at = 8; at < lastEntry; at += 13) {
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) (1 << at % 8);
      Files.write(segment, bytes);

      assertThatThrownBy(() -> LogTail.repair(Objects.requireNonNull(segment.getParent())))
          .as("a bit of byte %d", at)
          .isInstanceOf(UnusableLog.class);
      assertThat(Files.readAllBytes(segment)).as("left as it was").isEqualTo(bytes);
    }
  }

  @Test
  void header_thatIsNone_refusesToStart() throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    bytes[0] = 'X';
    Files.write(segment, bytes);

    assertThatThrownBy(() -> LogNode.start(directory)).hasMessageContaining("damaged at byte 0");
  }

  private int semaphoresAfterRestart() {
    try (LogNode node = LogNode.start(directory)) {
      return node.look(machine -> machine.semaphores("", "", 1_000, machine.now()).size());
    }
  }

  private Path openSegment() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(path -> path.getFileName().toString().startsWith("log_inprogress_"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Where the zeros begin. */
  private static int end(byte[] bytes) {
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }
}
