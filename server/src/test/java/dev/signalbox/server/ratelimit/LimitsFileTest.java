package dev.signalbox.server.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsFileTest {
  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void writeRules() throws IOException {
    path = directory.resolve("limits.yaml");
    Files.writeString(path, "domain: first");
  }

  @Test
  void change_isTakenOver_onceItIsSeenTwice() throws IOException {
    LimitsFile file = LimitsFile.read(path);
    Files.writeString(path, "domain: second");
    file.look();
    assertThat(file.rules().knows("first")).isTrue();
    file.look();
    assertThat(file.rules().knows("second")).isTrue();
    assertThat(file.rules().knows("first")).isFalse();
  }

  @Test
  void fileThatIsStillBeingWritten_isLeftAlone() throws IOException {
    LimitsFile file = LimitsFile.read(path);
    for (int i = 0; i < 5; i++) {
      Files.writeString(path, "domain: half" + i);
      file.look();
    }
    assertThat(file.rules().knows("first")).isTrue();
  }

  @Test
  void mistake_keepsTheRulesAsTheyWere_untilItIsMended() throws IOException {
    LimitsFile file = LimitsFile.read(path);
    Files.writeString(path, "domain: [");
    lookTwice(file);
    assertThat(file.rules().knows("first")).isTrue();
    Files.delete(path);
    lookTwice(file);
    assertThat(file.rules().knows("first")).isTrue();
    Files.writeString(path, "domain: second");
    lookTwice(file);
    assertThat(file.rules().knows("second")).isTrue();
  }

  /** As an orchestrator mounts its files: a link to a directory that is replaced. */
  @Test
  void linkThatPointsElsewhere_isSeen() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one"));
    Path two = Files.createDirectory(directory.resolve("two"));
    Files.writeString(one.resolve("limits.yaml"), "domain: one");
    Files.writeString(two.resolve("limits.yaml"), "domain: two");
    Path current = Files.createSymbolicLink(directory.resolve("current"), one);
    LimitsFile file = LimitsFile.read(current.resolve("limits.yaml"));
    Path next = Files.createSymbolicLink(directory.resolve("next"), two);
    Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    lookTwice(file);
    assertThat(file.rules().knows("two")).isTrue();
  }

  @Test
  void fileThatCannotBeRead_isNamed() throws IOException {
    Path missing = directory.resolve("missing.yaml");
    assertInvalid(missing, missing + ": does not exist");
    Files.write(path, new byte[] {'a', (byte) 0xff});
    assertInvalid(path, path + ": is not UTF-8");
    Files.write(path, new byte[(1 << 20) + 1]);
    assertInvalid(path, path + ": is larger than 1048576 bytes");
    Files.writeString(path, "domain: a\nx: 1");
    assertInvalid(
        path, path + ": domains[0].x (line 2) is unknown; known are [descriptors, domain]");
  }

  private static void assertInvalid(Path path, String message) {
    assertThatThrownBy(() -> LimitsFile.read(path))
        .isInstanceOf(InvalidLimits.class)
        .hasMessage(message);
  }

  private static void lookTwice(LimitsFile file) {
    file.look();
    file.look();
  }
}
