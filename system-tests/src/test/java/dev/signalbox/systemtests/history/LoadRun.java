package dev.signalbox.systemtests.history;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreInfo;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.systemtests.process.JavaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A load from several client processes, from its start to its history. Used by one thread:
 *
 * <pre>{@code
 * try (LoadRun run = LoadRun.start(folder, targets, 3, 6, seed)) {
 *   … what the servers have to go through …
 *   History history = run.finish();
 * }
 * }</pre>
 */
public final class LoadRun implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final Duration USUAL_LEASE = Duration.ofSeconds(15);

  private final Path folder;
  private final SignalboxClient client;
  private final Recorder recorder;
  private final Map<String, RemoteSemaphore> semaphores;
  private final List<Process> processes = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();

  private LoadRun(Path folder, SignalboxClient client, Recorder recorder)
      throws InterruptedException {
    this.folder = folder;
    this.client = client;
    this.recorder = recorder;
    this.files.add(file("run"));
    this.semaphores = LoadPlan.open(client);
    LoadPlan.SEMAPHORES.forEach(semaphore -> recorder.write(Line.of(semaphore)));
  }

  /**
   * Creates the semaphores and starts the processes; returns when all of them are at work.
   *
   * @param folder for the history's files
   * @param targets the servers, host:port each; nobody else may touch their {@code load/} names
   * @param processes how many processes
   * @param threads how many threads in each; with all processes no more than about 24, see {@link
   *     CheckMain}
   * @param seed of the random calls
   */
  public static LoadRun start(
      Path folder, List<String> targets, int processes, int threads, long seed)
      throws IOException, InterruptedException {
    return start(folder, targets, processes, threads, seed, USUAL_LEASE);
  }

  /** As the other, with a lease of the sessions' own; 15 s otherwise. */
  public static LoadRun start(
      Path folder, List<String> targets, int processes, int threads, long seed, Duration lease)
      throws IOException, InterruptedException {
    SignalboxClient client =
        SignalboxClient.builder()
            .clientName("load-run")
            .targets(targets)
            .patience(Duration.ofSeconds(PATIENCE_SECONDS))
            .build();
    LoadRun run = new LoadRun(folder, client, new Recorder("run", folder.resolve("run.jsonl")));
    for (int i = 0; i < processes; i++) {
      run.add("load-" + i, targets, lease, threads, seed + 1000L * i);
    }
    run.processes.forEach(LoadRun::awaitReady);
    return run;
  }

  private void add(String name, List<String> targets, Duration lease, int threads, long seed) {
    List<String> arguments =
        List.of(
            name,
            String.join(",", targets),
            lease.toString(),
            Integer.toString(threads),
            Long.toString(seed),
            file(name).toString());
    processes.add(JavaProcess.start(name, LoadClientMain.class, arguments));
    files.add(file(name));
  }

  private Path file(String name) {
    return folder.resolve(name + ".jsonl");
  }

  private static void awaitReady(Process process) {
    String line =
        CompletableFuture.supplyAsync(() -> firstLine(process))
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    if (!"ready".equals(line)) {
      throw new AssertionError("a load client said " + line + "; see target/processes");
    }
  }

  private static @Nullable String firstLine(Process process) {
    try {
      return new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The processes, to be killed or paused. One that was killed leaves what it had written. */
  public List<Process> processes() {
    return List.copyOf(processes);
  }

  /** A client of the run's own, which takes no part in the load. */
  public SignalboxClient client() {
    return client;
  }

  /**
   * Tells the processes to end, waits for them, and until the service has recovered everything;
   * then notes how the semaphores are left.
   *
   * @return the whole history
   */
  public History finish() throws IOException, InterruptedException {
    for (Process process : processes) {
      endInput(process);
    }
    for (Process process : processes) {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("a load client does not end; see target/processes");
      }
    }
    awaitRecovery();
    for (Line.Semaphore semaphore : LoadPlan.SEMAPHORES) {
      noteEnd(semaphore.name());
    }
    recorder.close();
    return History.read(files);
  }

  /** Exit codes, in the order of the processes; 0 is well, 137 is killed. */
  public List<Integer> exitCodes() {
    return processes.stream().map(Process::exitValue).toList();
  }

  private static void endInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It was killed: there is nobody to tell.
    }
  }

  /** What clients left behind that were killed goes back when their leases run out. */
  private void awaitRecovery() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() - deadline < 0 && !isRecovered()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean isRecovered() throws InterruptedException {
    for (RemoteSemaphore semaphore : semaphores.values()) {
      SemaphoreInfo info = semaphore.info();
      if (info.held() > 0 || info.waiting() > 0) {
        return false;
      }
    }
    return true;
  }

  private void noteEnd(String name) throws InterruptedException {
    RemoteSemaphore semaphore = client.semaphores().open(name);
    long begun = System.nanoTime();
    SemaphoreInfo info = semaphore.info();
    recorder.write(Line.of(Line.End.of(begun, System.nanoTime(), info)));
  }

  @Override
  public void close() throws IOException {
    processes.forEach(Process::destroyForcibly);
    client.close();
    recorder.close();
  }
}
