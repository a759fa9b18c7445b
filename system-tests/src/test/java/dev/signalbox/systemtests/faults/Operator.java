package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.systemtests.process.JavaProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Who changes a cluster by the server's command line. */
final class Operator {
  private static final String NAME = "operator";

  private Operator() {}

  /** Gives a {@code cluster} command, and returns when it has done its work. */
  static void command(String... words) {
    List<String> command = new ArrayList<>(List.of("cluster"));
    command.addAll(List.of(words));
    Process process = JavaProcess.startJar(NAME, List.of(), Node.JAR, command);
    try {
      assertThat(process.waitFor(Node.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + command, e);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s, see %s", command, JavaProcess.log(NAME)).isZero();
  }
}
