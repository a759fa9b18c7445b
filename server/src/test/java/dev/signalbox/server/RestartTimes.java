package dev.signalbox.server;

import dev.signalbox.v1.ClientFrame;
import dev.signalbox.v1.GetSemaphoreRequest;
import dev.signalbox.v1.Release;
import dev.signalbox.v1.ReleaseItem;
import dev.signalbox.v1.ReleaseRequest;
import dev.signalbox.v1.Request;
import dev.signalbox.v1.SemaphoreServiceGrpc;
import dev.signalbox.v1.SemaphoreServiceGrpc.SemaphoreServiceBlockingStub;
import dev.signalbox.v1.Signal;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How long a server that was killed takes from the start of its process to its first answer.
 * Arguments: the executable jar, a directory that is empty, and {@code log} or {@code snapshot}:
 * what is on the disk, namely 100,000 semaphores, 1,000 grants, 1,000 waiters and 20 sessions, with
 * no snapshot, or with one and as many entries after it as there may be before the next.
 */
final class RestartTimes {
  private static final int SEMAPHORES = 100_000;
  private static final int AT_ONCE = 1_000;
  private static final int SESSIONS = 20;
  private static final int EACH = 50;
  private static final int TAIL = 4_500;
  private static final int RUNS = 7;
  private static final int PORT = 17_600;

  private final String jar;
  private final Path directory;
  private Process process;

  private RestartTimes(String jar, Path directory) throws IOException {
    this.jar = jar;
    this.directory = directory;
    this.process = launch();
  }

  /** Measures. */
  public static void main(String[] args) throws Exception {
    RestartTimes restarts = new RestartTimes(args[0], Path.of(args[1]));
    try {
      restarts.awaitAnswer();
      restarts.fill(args[2].equals("snapshot"));
      restarts.measure();
    } finally {
      restarts.process.destroyForcibly().waitFor();
    }
  }

  private void fill(boolean snapshot) throws Exception {
    ManagedChannel channel = channel();
    RawStream stream = RawStream.open(channel);
    for (int first = 1; first <= SEMAPHORES; first += AT_ONCE) {
      stream.ask(
          IntStream.range(first, first + AT_ONCE)
              .mapToObj(i -> Wire.create(i, name(i), 2))
              .toArray(Request[]::new));
      stream.send(ClientFrame.newBuilder().setAcknowledgedThrough(first + AT_ONCE - 1));
    }
    for (int session = 0; session < SESSIONS; session++) {
      int from = 1 + session * EACH;
      RawStream holder = RawStream.open(channel);
      holder.ask(
          IntStream.range(from, from + EACH)
              .mapToObj(i -> Wire.acquire(i, name(i)))
              .toArray(Request[]::new));
      holder.send(
          IntStream.range(from, from + EACH)
              .mapToObj(i -> wantTwo(SEMAPHORES + i, name(i)))
              .toArray(Request[]::new));
    }
    if (snapshot) {
      SemaphoreServiceBlockingStub unary = SemaphoreServiceGrpc.newBlockingStub(channel);
      while (snapshots() == 0) {
        refuse(unary, 256);
      }
      for (int i = 0; i < TAIL; i++) {
        refuse(unary, 1);
      }
    }
    channel.shutdownNow();
  }

  private void measure() throws Exception {
    double[] seconds = new double[RUNS];
    for (int run = 0; run < RUNS; run++) {
      process.destroyForcibly().waitFor();
      long begun = System.nanoTime();
      process = launch();
      awaitAnswer();
      seconds[run] = (System.nanoTime() - begun) / 1e9;
    }
    System.out.printf(
        "%d snapshots, %d MiB on the disk; start to first answer: %s s%n",
        snapshots(), bytes() >> 20, Arrays.toString(seconds));
    Arrays.sort(seconds);
    System.out.printf("median %.2f s, worst %.2f s%n", seconds[RUNS / 2], seconds[RUNS - 1]);
  }

  private void awaitAnswer() throws InterruptedException {
    ManagedChannel channel = channel();
    SemaphoreServiceBlockingStub unary = SemaphoreServiceGrpc.newBlockingStub(channel);
    boolean answered = false;
    while (!answered) {
      try {
        unary
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .getSemaphore(GetSemaphoreRequest.newBuilder().setName(name(1)).build());
        answered = true;
      } catch (StatusRuntimeException e) {
        answered = e.getStatus().getCode() != Status.Code.UNAVAILABLE;
        channel.resetConnectBackoff();
        Thread.sleep(5);
      }
    }
    channel.shutdownNow();
  }

  private static Request wantTwo(long number, String name) {
    Request.Builder request = Wire.acquire(number, name).toBuilder();
    request.getAcquireBuilder().getPartsBuilder(0).setPermits(2);
    return request.build();
  }

  private static void refuse(SemaphoreServiceBlockingStub unary, int items) {
    Release.Builder release = Release.newBuilder();
    for (int i = 0; i < items; i++) {
      release.addItems(
          ReleaseItem.newBuilder()
              .setSignal(Signal.newBuilder().setSemaphore("x".repeat(200)).setPermits(1)));
    }
    try {
      unary.release(ReleaseRequest.newBuilder().setRelease(release).build());
    } catch (StatusRuntimeException e) {
      // There is no such semaphore; the log has it all the same.
    }
  }

  private static String name(int number) {
    return "restart/semaphore-" + number;
  }

  private static ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", PORT).usePlaintext().build();
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String options = System.getProperty("server.options", "");
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ")));
    }
    command.addAll(List.of("-jar", jar, "--client-port=" + PORT, "--data-dir=" + directory));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolveSibling(directory.getFileName() + ".log").toFile())
        .start();
  }

  private long snapshots() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
          .count();
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
