package dev.signalbox.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChildTest {
  private static final GrantEnvironment NOTHING = new GrantEnvironment("", List.of());

  private final List<Integer> exits = new ArrayList<>();

  private Child child(String... command) {
    return new Child(List.of(command), exits::add);
  }

  @Test
  void signal_beforeTheStart_endsThisProcess_andNothingIsStarted() {
    Child child = child("/bin/sh", "-c", ":");
    child.signalled("TERM", 15);
    assertThat(exits).containsExactly(143);
    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> child.start(NOTHING))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(143));
  }

  @Test
  void signal_afterTheStart_isTheCommands() throws Exception {
    Child child = child("/bin/sh", "-c", "while :; do sleep 0.05; done");
    child.start(NOTHING);
    child.signalled("USR1", 10);
    child.waitFor();
    assertThat(child.exitCode()).isEqualTo(138);
    assertThat(exits).isEmpty();
  }

  @Test
  void exitCode_isTheCommands() throws Exception {
    Child child = child("/bin/sh", "-c", "exit 23");
    child.prepare();
    child.start(NOTHING);
    child.waitFor();
    assertThat(child.exitCode()).isEqualTo(23);
  }

  @Test
  void command_thatIsNotThere_orNoProgram_isTold() {
    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> child("/is/not/there").start(NOTHING))
        .withMessage("cannot run '/is/not/there': no such file or directory")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(127));
    assertThatExceptionOfType(CannotStart.class)
        .isThrownBy(() -> child("/").start(NOTHING))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(126));
  }
}
