package dev.signalbox.examples.mainjob;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Worker} in a process of its own, seen from the coordinator. */
final class WorkerProcess {
  private final WorkerSettings settings;
  private final Process process;
  private final PrintWriter in;

  private WorkerProcess(WorkerSettings settings, Process process) {
    this.settings = settings;
    this.process = process;
    this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /**
   * Starts one, on the Java that runs this process.
   *
   * @param errors where its standard error goes
   * @param listener hears of its events, on a thread of its own
   */
  static WorkerProcess start(WorkerSettings settings, Path errors, Consumer<Event> listener)
      throws IOException {
    Process process = new ProcessBuilder(command(settings)).redirectError(errors.toFile()).start();
    WorkerProcess worker = new WorkerProcess(settings, process);
    Thread reader = new Thread(() -> worker.read(listener), settings.name() + "-output");
    reader.setDaemon(true);
    reader.start();
    return worker;
  }

  private static List<String> command(WorkerSettings settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Worker.class.getName());
    command.addAll(settings.toArguments());
    return command;
  }

  private void read(Consumer<Event> listener) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        listener.accept(new Event.Said(this, Message.parse(line)));
      }
    } catch (IOException e) {
      // As good as an end: the process is gone.
    } finally {
      listener.accept(new Event.Ended(this));
    }
  }

  String name() {
    return settings.name();
  }

  /** Its name and process. */
  String title() {
    return name() + " (pid " + pid() + ")";
  }

  long pid() {
    return process.pid();
  }

  /** What it wrote down about who was inside when. */
  List<Interval> intervals() throws IOException {
    return IntervalLog.read(name(), settings.intervals());
  }

  /** Hands it a file. */
  void give(Task task) {
    in.println(task.toLine());
  }

  /** No more files: it closes its session and ends. */
  void finish() {
    in.close();
  }

  /** Waits for its end, and says whether it ended well in time. */
  boolean endedWell(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
  }

  /** SIGKILL, where there are signals. */
  void kill() {
    process.destroyForcibly();
  }
}
