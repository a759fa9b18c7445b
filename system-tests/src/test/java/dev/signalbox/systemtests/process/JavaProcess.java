package dev.signalbox.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a main class of the test class path in a JVM of its own. */
public final class JavaProcess {
  private static final Path LOGS = Path.of("target", "processes");

  private JavaProcess() {}

  /**
   * Starts the process. Its standard error goes to {@code target/processes/<name>.log}.
   *
   * @param name for the log file
   * @param main the main class
   * @param arguments for it
   * @return the process; it is the caller's to end
   */
  public static Process start(String name, Class<?> main, List<String> arguments) {
    try {
      Files.createDirectories(LOGS);
      return new ProcessBuilder(command(main, arguments)).redirectError(log(name).toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where a process writes its standard error.
   *
   * @param name the process's name
   * @return the file
   */
  public static Path log(String name) {
    return LOGS.resolve(name + ".log");
  }

  private static List<String> command(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
