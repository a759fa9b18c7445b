package dev.signalbox.systemtests.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonSyntaxException;
import dev.signalbox.client.GrantedPart;
import dev.signalbox.systemtests.history.Ask.Give;
import dev.signalbox.systemtests.history.Ask.Want;
import dev.signalbox.systemtests.history.Outcome.Gave;
import dev.signalbox.systemtests.history.Outcome.Got;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded is read back. */
class HistoryTest {
  private static final Ask ACQUIRE = Ask.acquire(Want.of("slots", 2).within(5));
  private static final Outcome GRANTED =
      Outcome.ok(
          List.of(),
          new Got(
              "a1",
              List.of(new GrantedPart("slots", 2, false, List.of(0, 3), List.of(7L, 8L), false))));
  private static final Ask RELEASE = Ask.release(Give.back("a1"), Give.signal("s", 2));
  private static final Outcome RELEASED =
      Outcome.ok(List.of(new Gave(true, null, List.of(1)), new Gave(true, null, List.of(0))), null);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("p.jsonl");
  }

  @Test
  void calls_areReadAsTheyWereRecorded() throws IOException {
    long before = System.nanoTime();
    try (Recorder recorder = new Recorder("p", file)) {
      long acquire = recorder.invoked(3, ACQUIRE);
      recorder.returned(acquire, GRANTED);
      recorder.held("a1", 17);
      recorder.held("a1", 16);
      recorder.session("lost");
      recorder.returned(recorder.invoked(4, RELEASE), RELEASED);
    }

    History history = History.read(List.of(file));
    assertThat(history.calls()).extracting(Call::ask).containsExactly(ACQUIRE, RELEASE);
    assertThat(history.calls()).extracting(Call::outcome).containsExactly(GRANTED, RELEASED);
    assertThat(history.calls()).extracting(Call::thread).containsExactly(3, 4);
    assertThat(history.calls())
        .allMatch(call -> before <= call.begun() && call.begun() <= call.ended());
    assertThat(history.held()).containsEntry("a1", 17L);
    assertThat(history.sessions("lost")).isEqualTo(1);
  }

  @Test
  void callOfAKilledProcess_hasNoEnd_andAnUnknownOutcome() throws IOException {
    try (Recorder recorder = new Recorder("p", file)) {
      recorder.invoked(1, ACQUIRE);
      recorder.invoked(2, RELEASE);
    }
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 20));

    History history = History.read(List.of(file));
    assertThat(history.calls()).singleElement().matches(Call::isOpen);
    assertThat(history.calls().get(0).outcome().isUnknown()).isTrue();
  }

  @Test
  void damageBeforeTheLastLine_isNotPassedOver() throws IOException {
    Files.writeString(file, "{\"invoke\":{\"at\"\n{}\n");
    assertThatThrownBy(() -> History.read(List.of(file))).isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void callsOfTheSameNumber_inSeveralProcesses_areKeptApart() throws IOException {
    Path other = folder.resolve("q.jsonl");
    try (Recorder p = new Recorder("p", file);
        Recorder q = new Recorder("q", other)) {
      p.returned(p.invoked(1, ACQUIRE), GRANTED);
      q.returned(q.invoked(1, RELEASE), RELEASED);
    }
    assertThat(History.read(List.of(file, other)).calls()).hasSize(2).noneMatch(Call::isOpen);
  }
}
