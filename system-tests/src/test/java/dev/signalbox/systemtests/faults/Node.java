package dev.signalbox.systemtests.faults;

import static org.awaitility.Awaitility.await;

import dev.signalbox.systemtests.Project;
import dev.signalbox.systemtests.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A server process of the jar that users run, on a port and with a data directory that stay its own
 * when it is started again. Its log is {@code target/processes/<name>.log}. Not thread-safe.
 */
public final class Node implements AutoCloseable {
  /** How long a node may take to start, to take over or to end, on a busy machine. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The program that users run. */
  static final Path JAR = Project.root().resolve("server/target/signalbox-server.jar");

  private static final Duration GLANCE = Duration.ofMillis(10);

  private final String name;
  private final List<String> jvm;
  private final List<String> options;
  private final String target;
  private final DirectCalls calls;
  private Process process;
  private long startedAt;

  /**
   * Starts a node.
   *
   * @param name of its log
   * @param port for clients
   * @param jvm flags of its JVM
   * @param data its data directory
   * @param options of the server, but for the client port and the data directory
   */
  Node(String name, int port, List<String> jvm, Path data, List<String> options) {
    this.name = name;
    this.jvm = jvm;
    this.target = "127.0.0.1:" + port;
    this.options = new ArrayList<>(options);
    this.options.add("--client-port=" + port);
    this.options.add("--data-dir=" + data);
    this.calls = new DirectCalls(target);
    forgetLog();
    this.process = launch();
  }

  /** Starts one that is no member of a cluster. */
  public static Node alone(String name, Path data) {
    return new Node(name, Ports.free(), List.of("-Xmx256m"), data, List.of());
  }

  String name() {
    return name;
  }

  /** Where clients connect: host:port. */
  public String target() {
    return target;
  }

  /** Calls to this node and no other. */
  DirectCalls calls() {
    return calls;
  }

  /** Starts it again. */
  public void start() {
    process = launch();
  }

  /** SIGKILL: as a power failure, but for the memory of the operating system. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM: asks it to stop, and waits until it has. */
  void stop() {
    process.destroy();
    int code = awaitExit();
    if (code != 128 + 15) {
      throw new AssertionError(name + " stopped with " + code + "; see " + log());
    }
  }

  /** SIGSTOP: stops every thread of it, as a suspended machine does. */
  void pause() {
    JavaProcess.signal(process, "STOP");
  }

  /** SIGCONT: lets it go on. */
  void resume() {
    JavaProcess.signal(process, "CONT");
  }

  /**
   * Waits until it answers as a leader does.
   *
   * @return the time since the process was started
   */
  public Duration awaitService() {
    return awaitThat(calls::leads);
  }

  /**
   * Waits until it takes calls, leader or not.
   *
   * @return the time since the process was started
   */
  Duration awaitReady() {
    return awaitThat(calls::answers);
  }

  /** Where it writes what it does. */
  Path log() {
    return JavaProcess.log(name).toAbsolutePath();
  }

  @Override
  public void close() {
    kill();
    calls.close();
  }

  private Duration awaitThat(Callable<Boolean> condition) {
    await(name + ", see " + log())
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(GLANCE)
        .until(condition);
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError(name + " did not end; see " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + name, e);
    }
  }

  private Process launch() {
    startedAt = System.nanoTime();
    return JavaProcess.startJar(name, jvm, JAR, options);
  }

  private void forgetLog() {
    try {
      Files.deleteIfExists(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
