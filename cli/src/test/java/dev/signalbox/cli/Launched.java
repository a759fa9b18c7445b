package dev.signalbox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;

/** The command as a user starts it: the launcher, in a process of its own. */
final class Launched implements AutoCloseable {
  private static final String LAUNCHER = System.getProperty("signalbox.launcher", "");

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Launched start(Path scratch, String target, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER));
    command.addAll(List.of(words));
    Path out = Files.createTempFile(scratch, "out", "");
    Path err = Files.createTempFile(scratch, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(scratch.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SIGNALBOX_TARGET", target);
    return new Launched(builder.start(), out, err);
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }

  /** Writes to its standard input, and ends that. */
  Launched type(String text) throws IOException {
    try (var in = process.outputWriter()) {
      in.write(text);
    }
    return this;
  }

  Launched awaitOutput(String part) {
    eventually().until(() -> out().contains(part) || !process.isAlive());
    assertThat(out()).as("err: %s", err()).contains(part);
    return this;
  }

  /** Sends a signal to the command itself, not to what it runs. */
  Launched signal(String name) throws Exception {
    Process kill =
        new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
    return this;
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends; err: %s", err()).isTrue();
    return process.exitValue();
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
