package dev.signalbox.examples.mainjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job as a user runs it: the jar, in a process of its own, on a small tree. */
class MainJobIT {
  private static final int FILES = 60;
  private static final int LIMIT_SECONDS = 120;

  @TempDir private Path directory;
  @TempDir private Path scratch;

  @Test
  @Rule({"R6", "L2", "C4"})
  void run_whenAWorkerIsKilled_keepsEveryPromiseWithinItsLease() throws Exception {
    Run run = run("--work=48M", "--lease=2s", "--json", tree().toString());
    assertThat(run.exit()).as(run.output()).isZero();
    assertKept(run.output(), 5);
    assertThat(number(run.output(), "recoveryMillis")).isBetween(100.0, 3_000.0);
  }

  /** Milliseconds on a busy machine: one kill may be unlucky, so the median of three is judged. */
  @Test
  @Rule({"R6", "L9"})
  void run_whenSessionsEndWithTheirStreams_recoversInMilliseconds() throws Exception {
    String tree = tree().toString();
    List<Double> recoveries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Run run = run("--work=24M", "--recovery=stream", "--lease=10s", "--json", tree);
      double recovery = number(run.output(), "recoveryMillis");
      assertThat(run.exit()).as(run.output()).isEqualTo(recovery <= 200 ? 0 : 1);
      assertKept(run.output(), recovery <= 200 ? 5 : 4);
      recoveries.add(recovery);
    }
    Collections.sort(recoveries);
    assertThat(recoveries.get(1)).as("median of %s", recoveries).isLessThanOrEqualTo(200);
  }

  /** A file gets a small part of the work only: it must last from its begin to the kill. */
  @Test
  void run_onASingleTinyFile_killsAndRedoesIt() throws Exception {
    Files.writeString(directory.resolve("only"), "one line\n");
    Run run = run("--work=512M", "--lease=2s", "--json", directory.toString());
    assertThat(run.exit()).as(run.output()).isZero();
    assertThat(number(run.output(), "redone")).isEqualTo(1);
  }

  @Test
  void run_forPeople_endsWithAVerdict() throws Exception {
    Run run = run("--work=32M", "--lease=2s", tree().toString());
    assertThat(run.output())
        .contains("killed worker-", "its permits are back after")
        .endsWith("Every promise was kept.\n");
  }

  @Test
  void run_onAnEmptyDirectory_saysSoAndRunsNothing() throws Exception {
    assertThat(run(directory.toString()).exit()).isEqualTo(2);
    assertThat(run("--max=0").exit()).isEqualTo(2);
    assertThat(run("--help").exit()).isZero();
  }

  @Test
  void workers_whenTheCoordinatorIsKilled_endToo() throws Exception {
    Process job = builder("--work=2G", tree().toString()).start();
    List<ProcessHandle> workers = awaitWorkers(job);
    job.destroyForcibly().waitFor();
    for (ProcessHandle worker : workers) {
      worker.onExit().get(20, TimeUnit.SECONDS);
    }
    assertThat(workers).hasSize(3);
  }

  private static void assertKept(String json, int promises) {
    assertThat(json.split("\"kept\":true", -1)).as(json).hasSize(promises + 1);
    assertThat(number(json, "highestInside")).isBetween(2.0, 4.0);
    assertThat(number(json, "done")).isEqualTo(FILES);
    assertThat(number(json, "hashes")).isEqualTo(FILES);
    assertThat(number(json, "redone")).isPositive();
    assertThat(number(json, "held")).isPositive();
    assertThat(number(json, "finalCount")).isEqualTo(4);
  }

  private record Run(int exit, String output) {}

  private Run run(String... arguments) throws IOException, InterruptedException {
    Path output = scratch.resolve("output");
    Process job = builder(arguments).redirectOutput(output.toFile()).start();
    try {
      assertThat(job.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ends in time").isTrue();
      return new Run(job.exitValue(), Files.readString(output));
    } finally {
      job.destroyForcibly();
    }
  }

  private ProcessBuilder builder(String... arguments) {
    Path jar = Path.of(System.getProperty("main.job.jar"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + scratch, "-jar", jar.toString()));
    command.addAll(Arrays.asList(arguments));
    Path errors = jar.resolveSibling("main-job-it.log");
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
  }

  /** The job says how it stands when its workers are at work. */
  private static List<ProcessHandle> awaitWorkers(Process job) throws IOException {
    Pattern atWork = Pattern.compile("inside [1-9]");
    var output = job.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (atWork.matcher(line).find()) {
        return job.children().toList();
      }
    }
    throw new IllegalStateException("the job ended before its workers were at work");
  }

  private Path tree() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < FILES; i++) {
      Path file = directory.resolve("d" + i % 7).resolve("f" + i);
      Files.createDirectories(file.getParent());
      Files.write(file, text(random, 1_000 + random.nextInt(100_000)));
    }
    return directory;
  }

  /** Bytes of some, but not much, surprise. */
  private static byte[] text(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(1 + i % 26));
    }
    return bytes;
  }

  private static double number(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(json);
    assertThat(found.find()).as("%s in %s", name, json).isTrue();
    return Double.parseDouble(found.group(1));
  }
}
