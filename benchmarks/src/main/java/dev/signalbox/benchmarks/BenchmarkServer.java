package dev.signalbox.benchmarks;

import dev.signalbox.server.ServerOptions;
import dev.signalbox.server.SignalboxServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server in a process of its own, which cannot outlive the benchmark: it serves until its
 * standard input ends. A durable one keeps its log in a fresh directory below {@code target}, so on
 * the disk that the project is on, and leaves it there for whoever wants to look.
 */
final class BenchmarkServer implements AutoCloseable {
  private final Process process;
  private final String target;

  private BenchmarkServer(Process process, String target) {
    this.process = process;
    this.target = target;
  }

  /** The process's entry: the kind of log, and where a durable one is kept. */
  public static void main(String[] args) throws IOException {
    ServerOptions.Builder options = ServerOptions.builder().clientPort(0).log(args[0]);
    if (args.length > 1) {
      options.dataDir(Path.of(args[1]));
    }
    try (SignalboxServer server = SignalboxServer.start(options.build())) {
      System.out.println("127.0.0.1:" + server.port());
      System.in.readAllBytes();
    }
  }

  static BenchmarkServer start(String log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    String options = System.getProperty("server.options", "");
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ", -1)));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(BenchmarkServer.class.getName(), log));
    if (log.equals("durable")) {
      command.add(freshDirectory().toString());
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new BenchmarkServer(process, target(process));
  }

  String target() {
    return target;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    var unused = process.onExit().join();
  }

  private static Path freshDirectory() throws IOException {
    Path parent = Files.createDirectories(Path.of("benchmarks", "target", "data"));
    return Files.createTempDirectory(parent, "data");
  }

  private static String target(Process server) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("127.0.0.1:")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the server did not start");
    }
    return line;
  }
}
