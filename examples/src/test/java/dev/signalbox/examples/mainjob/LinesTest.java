package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What coordinator and workers say to one another survives being a line. */
class LinesTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain", "with blank", "line\nend", "100%25", "a+b?#c"})
  void task_withAnyPath_isOneLineAndBackTheSame(String name) {
    Task task = new Task(7, Path.of(name).toAbsolutePath(), 1L << 40, 3);
    assertThat(task.toLine()).doesNotContain("\n");
    assertThat(Task.parse(task.toLine())).isEqualTo(task);
  }

  @Test
  void message_ofEachKind_isBackTheSame() {
    backTheSame(new Message.Ready());
    backTheSame(new Message.Begun(1));
    backTheSame(new Message.Done(2, new Compression.Result("ab12", 1L << 40, 17, false)));
    backTheSame(new Message.Unreadable(3));
    backTheSame(new Message.Failed(4, "for a reason"));
  }

  @Test
  void failure_ofSeveralLines_becomesOne() {
    assertThat(new Message.Failed(1, "a\n  b").toLine()).isEqualTo("failed 1 a b");
  }

  private static void backTheSame(Message message) {
    assertThat(Message.parse(message.toLine())).isEqualTo(message);
  }
}
