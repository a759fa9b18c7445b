package dev.signalbox.systemtests.limit;

import static org.awaitility.Awaitility.await;

import dev.signalbox.systemtests.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of {@link LimitedClientMain}, and the last that it has said. */
final class LimitedClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final Thread reader;
  private volatile LoadCounts counts = LoadCounts.NONE;

  private LimitedClient(String name, Process process) {
    this.name = name;
    this.process = process;
    reader = new Thread(this::read, name + "-lines");
    reader.setDaemon(true);
    reader.start();
  }

  static LimitedClient start(String name, String server, String backend, Duration lease) {
    List<String> arguments = List.of(name, server, backend, lease.toString());
    return new LimitedClient(name, JavaProcess.start(name, LimitedClientMain.class, arguments));
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      lines.lines().forEach(line -> counts = LoadCounts.parse(line));
    } catch (IOException | UncheckedIOException | ArrayIndexOutOfBoundsException e) {
      // It was killed in the middle of a line.
    }
  }

  String name() {
    return name;
  }

  LoadCounts counts() {
    return counts;
  }

  /** Waits until the backend has answered it. */
  void awaitAnswer() {
    await(name + ", see " + JavaProcess.log(name))
        .atMost(PATIENCE)
        .until(() -> counts.answered() > 0);
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    join();
  }

  /** Lets it end in order. */
  void stop() throws IOException, InterruptedException {
    process.outputWriter().close();
    join();
    if (process.waitFor() != 0) {
      throw new AssertionError(name + " failed; see " + JavaProcess.log(name));
    }
  }

  private void join() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(name + " did not end; see " + JavaProcess.log(name));
    }
    reader.join(PATIENCE.toMillis());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
