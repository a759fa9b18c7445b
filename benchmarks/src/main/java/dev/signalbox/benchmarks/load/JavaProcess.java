package dev.signalbox.benchmarks.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that the driver started, with the class path and the JVM flags that all of them have.
 * It tells that it is ready by a line on its standard output, and ends when its standard input
 * does: so it cannot outlive the driver, however that one ends.
 */
public final class JavaProcess implements Service {
  private static final String READY = "ready ";
  private static final String FLAGS =
      System.getProperty(
          "load.jvm", "-Xms256m -Xmx1536m -Dorg.slf4j.simpleLogger.defaultLogLevel=warn");

  private final Process process;
  private final String endpoint;

  private JavaProcess(Process process, String endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts a main class and waits until it is {@link #ready}. */
  public static JavaProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of(FLAGS.split(" ", -1)));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return started(main.getSimpleName(), command);
  }

  /**
   * Starts another program, which cannot tell that it is ready and does not read its input: a shell
   * ends it when its own input ends.
   */
  public static JavaProcess startProgram(String endpoint, String... command) throws IOException {
    List<String> shell = new ArrayList<>();
    String script =
        "\"$@\" >&2 & pid=$!; echo '" + READY + endpoint + "'; cat >/dev/null; kill $pid";
    shell.addAll(List.of("sh", "-c", script, "sh"));
    shell.addAll(List.of(command));
    return started(new File(command[0]).getName(), shell);
  }

  /**
   * Called by the process itself: it is ready, and returns when the driver has ended or wants so.
   */
  public static void ready(String endpoint) throws IOException {
    System.out.println(READY + endpoint);
    System.in.readAllBytes();
  }

  /** The flags of every JVM that is started. */
  public static String flags() {
    return FLAGS;
  }

  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all;
  }

  /** Kills it as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    var unused = process.onExit().join();
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (IOException e) {
      kill();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private static JavaProcess started(String name, List<String> command) throws IOException {
    Path logs = Files.createDirectories(Path.of("benchmarks", "target", "load"));
    Path log = logs.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith(READY)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException(name + " did not start; see " + log);
    }
    drain(name, out);
    return new JavaProcess(process, line.substring(READY.length()));
  }

  /** What it prints later is nobody's concern, but must be read. */
  private static void drain(String name, BufferedReader out) {
    Thread reader =
        new Thread(
            () -> {
              try (out) {
                String line = out.readLine();
                while (line != null) {
                  line = out.readLine();
                }
              } catch (IOException e) {
                // It has ended.
              }
            },
            name + "-output");
    reader.setDaemon(true);
    reader.start();
  }
}
