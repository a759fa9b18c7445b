package dev.signalbox.benchmarks.load;

import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Signalbox server in a process of its own. A durable one keeps its log in a fresh directory
 * below {@code target}, so on the disk that the project is on, and takes it along when it is
 * closed.
 */
final class SignalboxService implements Service {
  private final String log;
  private final Path directory;
  private JavaProcess process;

  private SignalboxService(String log, Path directory, JavaProcess process) {
    this.log = log;
    this.directory = directory;
    this.process = process;
  }

  /** The process's entry: the kind of log, and where a durable one is kept. */
  public static void main(String[] args) throws IOException {
    ServerOptions options =
        ServerOptions.builder().clientPort(0).log(args[0]).dataDir(Path.of(args[1])).build();
    try (SignalboxServer server = SignalboxServer.start(options)) {
      JavaProcess.ready("127.0.0.1:" + server.port());
    }
  }

  static SignalboxService start(String log) throws IOException {
    Path parent = Files.createDirectories(Path.of("benchmarks", "target", "data"));
    Path directory = Files.createTempDirectory(parent, log);
    return new SignalboxService(log, directory, launch(log, directory));
  }

  /** Ends the server and keeps its directory. */
  void stop() {
    process.close();
  }

  /** Starts another on the same directory. */
  void startAgain() throws IOException {
    process = launch(log, directory);
  }

  @Override
  public String endpoint() {
    return process.endpoint();
  }

  @Override
  public List<ProcessHandle> processes() {
    return process.processes();
  }

  @Override
  public void close() {
    process.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavaProcess launch(String log, Path directory) throws IOException {
    return JavaProcess.start(SignalboxService.class, log, directory.toString());
  }
}
