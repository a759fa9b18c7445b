package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntervalLogTest {
  @TempDir private Path directory;

  @Test
  void read_afterBeginAndEnd_hasTheWholeInterval() throws IOException {
    long before = WallClock.micros();
    try (IntervalLog log = IntervalLog.open(path())) {
      log.begin(task(3));
      log.alive(task(3));
      log.end(task(3));
    }
    assertThat(IntervalLog.read("w", path()))
        .singleElement()
        .satisfies(i -> {
          assertThat(i.task()).isEqualTo(3);
          assertThat(i.begin()).isBetween(before, i.end());
          assertThat(i.isCut()).isFalse();
        });
  }

  @Test
  void read_withoutEnd_hasACutIntervalUpToItsLastSignOfLife() throws IOException {
    Files.writeString(path(), "begin 1 100\nbegin 2 110\nalive 2 115\nend 1 120\nalive 2 125\n");
    assertThat(IntervalLog.read("w", path()))
        .containsExactly(
            new Interval("w", 1, 100, 120, false), new Interval("w", 2, 110, 125, true));
  }

  @Test
  void cutInterval_endsWithTheKillOrItsLastSignOfLife() {
    Interval cut = Interval.beginning("w", 1, 100).alive(120);
    assertThat(cut.killed(130).end()).isEqualTo(130);
    assertThat(cut.killed(110).end()).isEqualTo(120);
    assertThat(cut.ended(125).killed(130).end()).isEqualTo(125);
  }

  @Test
  void read_whenTheLastLineIsTorn_leavesItOut() throws IOException {
    Files.writeString(path(), "begin 1 100\nend 1 120\nbegin 2 13");
    assertThat(IntervalLog.read("w", path()))
        .containsExactly(new Interval("w", 1, 100, 120, false));
  }

  @Test
  void read_whenThereIsNoLog_hasNothing() throws IOException {
    assertThat(IntervalLog.read("w", path())).isEmpty();
  }

  private Path path() {
    return directory.resolve("w.intervals");
  }

  private static Task task(int id) {
    return new Task(id, Path.of("x"), 1, 1);
  }
}
