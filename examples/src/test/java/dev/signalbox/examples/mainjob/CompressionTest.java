package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
  /** Of "abc", from FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path directory;

  @Test
  void result_hasTheHashAndTheBytesOfAllRounds() throws IOException {
    Compression.Result result = Compression.of(task("abc", 3, 2), () -> {});
    assertThat(result.sha256()).isEqualTo(ABC);
    assertThat(result.bytes()).isEqualTo(6);
    assertThat(result.compressed()).isGreaterThan(6);
    assertThat(result.steady()).isTrue();
  }

  @Test
  void result_ofAFileThatGrew_isThatOfItsBeginning() throws IOException {
    assertThat(Compression.of(task("abcdef", 3, 1), () -> {}).sha256()).isEqualTo(ABC);
  }

  @Test
  void result_ofAFileThatShrank_isThatOfWhatIsLeft() throws IOException {
    assertThat(Compression.of(task("abc", 100, 1), () -> {}).sha256()).isEqualTo(ABC);
  }

  @Test
  void result_ofAFileThatChangedBetweenRounds_isNotSteady() throws IOException {
    Task task = task("abc", 3, 2);
    Compression.Leave scribble = () -> write("abd");
    assertThat(Compression.of(task, alternating(scribble)).steady()).isFalse();
  }

  @Test
  void work_withoutLeave_stops() throws IOException {
    Task task = task("abc", 3, 1);
    Compression.Leave no =
        () -> {
          throw new IllegalStateException("no leave");
        };
    assertThatThrownBy(() -> Compression.of(task, no)).hasMessage("no leave");
  }

  @Test
  void work_onAFileThatIsGone_fails() {
    Task task = new Task(1, directory.resolve("gone"), 3, 1);
    assertThatThrownBy(() -> Compression.of(task, () -> {}))
        .isInstanceOf(NoSuchFileException.class);
  }

  /** Runs every other time. */
  private static Compression.Leave alternating(Compression.Leave action) {
    int[] calls = {0};
    return () -> {
      if (calls[0]++ % 2 == 1) {
        action.check();
      }
    };
  }

  private Task task(String content, long bytes, int rounds) throws IOException {
    write(content);
    return new Task(1, directory.resolve("f"), bytes, rounds);
  }

  private void write(String content) throws IOException {
    Files.writeString(directory.resolve("f"), content);
  }
}
