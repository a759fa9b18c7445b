package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signalbox.server.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
  private static final TermIndex LAST = TermIndex.valueOf(3, 6);

  @TempDir Path directory;
  private Segments segments;

  @BeforeEach
  void begin() throws IOException {
    segments = Segments.after(directory, LAST);
  }

  @AfterEach
  void end() throws IOException {
    segments.close();
  }

  @Test
  void entries_goOnFromTheLast_inItsTerm() throws IOException {
    assertThat(segments.append(bytes(10))).isEqualTo(TermIndex.valueOf(3, 7));
    assertThat(segments.append(bytes(10))).isEqualTo(TermIndex.valueOf(3, 8));
    assertThat(names()).containsExactly("log_inprogress_7");
  }

  @Test
  void sealedEntries_areRead_asTheyWereWritten() throws IOException {
    append(5);
    segments.seal();
    append(4);
    segments.seal();
    append(1);

    assertThat(names()).containsExactly("log_12-15", "log_7-11", "log_inprogress_16");
    assertThat(read(7, 15)).containsExactly(7, 8, 9, 10, 11, 12, 13, 14, 15);
    assertThat(read(10, 13)).containsExactly(10, 11, 12, 13);
  }

  @Test
  void entriesThatAreNotThere_areSaidToBeMissing() throws IOException {
    append(5);
    segments.seal();
    append(1);
    List<Integer> read = new ArrayList<>();

    assertThat(segments.read(6, 11, entry -> read.add((int) entry.getIndex()))).isFalse();
    assertThat(segments.read(7, 12, entry -> read.add((int) entry.getIndex()))).isFalse();
    segments.purge(11);
    assertThat(segments.read(7, 11, entry -> read.add((int) entry.getIndex()))).isFalse();
  }

  @Test
  void whatTheReaderThrows_comesOut() throws IOException {
    append(1);
    segments.seal();

    assertThatThrownBy(() ->
            segments.read(
                7,
                7,
                entry -> {
                  throw new IOException("enough");
                }))
        .isInstanceOf(IOException.class)
        .hasMessage("enough");
  }

  @Test
  void purge_removesSegmentsThatAreOverWhole() throws IOException {
    append(5);
    segments.seal();
    append(5);
    segments.seal();
    append(1);
    segments.purge(15);

    assertThat(names()).containsExactly("log_12-16", "log_inprogress_17");
  }

  @Test
  void segment_thatIsFull_isFollowedByAnother() throws IOException {
    for (int i = 0; i < 5; i++) {
      segments.append(bytes(RatisSettings.MAX_COMMAND_BYTES));
    }

    assertThat(names()).containsExactly("log_7-10", "log_inprogress_11");
    segments.seal();
    assertThat(read(7, 11)).containsExactly(7, 8, 9, 10, 11);
  }

  @Test
  void segment_thatTheEngineLeft_isClosed_andOneThatItBarelyBeganIsRemoved() throws IOException {
    append(2);
    segments.close();
    Files.createFile(directory.resolve("log_inprogress_9"));
    segments = Segments.after(directory, TermIndex.valueOf(4, 8));

    assertThat(names()).containsExactly("log_7-8");
    assertThat(segments.append(bytes(1))).isEqualTo(TermIndex.valueOf(4, 9));
  }

  @Test
  @Rule("E2")
  void segmentThatCannotBeWritten_failsTheAppend() throws IOException {
    Files.createDirectory(directory.resolve("log_inprogress_7"));

    assertThatThrownBy(() -> segments.append(bytes(1))).isInstanceOf(IOException.class);
  }

  private void append(int entries) throws IOException {
    for (int i = 0; i < entries; i++) {
      segments.append(bytes(100));
    }
  }

  private List<Integer> read(int first, int last) throws IOException {
    List<Integer> read = new ArrayList<>();
    assertThat(segments.read(first, last, entry -> read.add((int) entry.getIndex()))).isTrue();
    return read;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    bytes[length - 1] = 7;
    return bytes;
  }
}
