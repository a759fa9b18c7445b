package dev.signalbox.systemtests.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts JVMs of their own, and sends them signals. */
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
   * Starts a program. Its output is added to {@code target/processes/<name>.log}.
   *
   * @param name for the log file
   * @param jvm flags of the JVM
   * @param jar the program
   * @param arguments for it
   * @return the process; it is the caller's to end
   */
  public static Process startJar(String name, List<String> jvm, Path jar, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    try {
      Files.createDirectories(LOGS);
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(log(name).toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends a signal.
   *
   * @param process to this process
   * @param signal its name, such as {@code STOP}
   */
  public static void signal(Process process, String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("could not send SIG" + signal + " to process " + process.pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while sending SIG" + signal, e);
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
    command.add(java());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
