package dev.signalbox.systemtests.history;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One process of a load: threads that make random calls over one client and record them, until the
 * standard input ends. Then the threads finish what they do, the client is closed, and the process
 * ends by itself. Prints {@code ready} once the semaphores are open. Lost sessions and servers that
 * do not answer are recorded, not failures. A failure of another kind ends it with a stack trace
 * and exit code 1.
 */
final class LoadClientMain {
  private static final long LONGEST_FAREWELL_SECONDS = 20;

  private LoadClientMain() {}

  /**
   * Runs the load.
   *
   * @param args name, targets with commas between, lease, number of threads, seed, history file
   */
  public static void main(String[] args) throws Exception {
    try (Recorder recorder = new Recorder(args[0], Path.of(args[5]))) {
      for (Future<Void> thread : runUntilTold(args, recorder)) {
        thread.get(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Closing the client ends the calls that no server has answered by then. */
  private static List<Future<Void>> runUntilTold(String[] args, Recorder recorder)
      throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Integer.parseInt(args[3]), LoadClientMain::daemon);
    try (SignalboxClient client = client(args, recorder)) {
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<Void>> load = start(args, recorder, client, stop, threads);
      System.out.println("ready");
      awaitEndOfInput();
      stop.set(true);
      threads.shutdown();
      if (!threads.awaitTermination(LONGEST_FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("calls are still unanswered; closing the client");
      }
      return load;
    }
  }

  /** A thread that keeps no failed process alive. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "load");
    thread.setDaemon(true);
    return thread;
  }

  private static SignalboxClient client(String[] args, Recorder recorder) {
    return SignalboxClient.builder()
        .clientName(args[0])
        .targets(List.of(args[1].split(",")))
        .lease(Duration.parse(args[2]))
        .patience(Duration.ofSeconds(60))
        .listener(new RecordedSessions(recorder))
        .build();
  }

  private static List<Future<Void>> start(
      String[] args,
      Recorder recorder,
      SignalboxClient client,
      AtomicBoolean stop,
      ExecutorService threads)
      throws InterruptedException {
    Map<String, RemoteSemaphore> semaphores = LoadPlan.open(client);
    List<Future<Void>> load = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      Caller caller = new Caller(recorder, client, semaphores, i);
      load.add(threads.submit(new LoadThread(caller, i, Long.parseLong(args[4]) + i, stop)));
    }
    return load;
  }

  private static void awaitEndOfInput() throws IOException {
    while (System.in.read() >= 0) {
      // What comes is of no interest.
    }
  }
}
