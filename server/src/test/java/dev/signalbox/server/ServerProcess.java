package dev.signalbox.server;

import static org.awaitility.Awaitility.await;

import dev.signalbox.server.disk.FailingDisk;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server with a durable log in a process of its own, so that it can be killed. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path directory;
  private final int port;
  private final String limit;
  private final List<String> jvmOptions;
  private Process process;

  private ServerProcess(Path directory, String limit, List<String> jvmOptions) {
    this.directory = directory;
    this.port = freePort();
    this.limit = limit;
    this.jvmOptions = jvmOptions;
    this.process = launch();
  }

  /** Starts one that keeps its data in the directory. */
  public static ServerProcess start(Path directory) {
    return new ServerProcess(directory, "", List.of());
  }

  /** Starts one for which no file may grow beyond so many KiB: as if the disk were full. */
  public static ServerProcess startWithSmallFiles(Path directory, int kib) {
    return new ServerProcess(directory, "ulimit -f " + 2 * kib + "; ", List.of());
  }

  /** Starts one for which a sync fails once a file exists: see {@link FailingDisk}. */
  public static ServerProcess startOnFailingDisk(Path directory, Path trigger) {
    return startOnDisk(directory, "-Dsignalbox.test.sync-fails-if=" + trigger);
  }

  /** Starts one for which syncs take as long as a file exists: see {@link FailingDisk}. */
  public static ServerProcess startOnStallingDisk(Path directory, Path trigger) {
    return startOnDisk(directory, "-Dsignalbox.test.sync-stalls-while=" + trigger);
  }

  private static ServerProcess startOnDisk(Path directory, String trigger) {
    return new ServerProcess(
        directory,
        "",
        List.of(
            "-Djava.nio.file.spi.DefaultFileSystemProvider=" + FailingDisk.class.getName(),
            trigger));
  }

  /** Waits until it takes connections. */
  public ServerProcess awaitReady() {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(this::isServing);
    return this;
  }

  /** As a power failure would, but for the memory of the operating system. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Starts it again. */
  public void restart() {
    process = launch();
  }

  /** Waits until it has ended by itself, and says its exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the server did not end; its log: " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What it has written to its standard error. */
  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new connection to it. */
  public ManagedChannel newChannel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", limit + "exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-Xmx256m",
            "-Dorg.slf4j.simpleLogger.log.org.apache.ratis=error",
            "-cp",
            System.getProperty("java.class.path")));
    command.addAll(List.of("dev.signalbox.server.Main", "--client-port=" + port));
    command.add("--data-dir=" + directory);
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path logFile() {
    return directory.resolveSibling(directory.getFileName() + ".log");
  }

  private boolean isServing() {
    ManagedChannel channel = newChannel();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .check(HealthCheckRequest.newBuilder().setService("signalbox.v1.SessionService").build())
          .getStatus()
          .equals(ServingStatus.SERVING);
    } catch (StatusRuntimeException e) {
      return false;
    } finally {
      channel.shutdownNow();
    }
  }

  private static int freePort() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
