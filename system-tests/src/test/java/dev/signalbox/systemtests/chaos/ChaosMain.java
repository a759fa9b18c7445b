package dev.signalbox.systemtests.chaos;

import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SignalboxClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One process of {@link ChaosIT}: many {@link Visitor}s over one client. Ends by itself. */
final class ChaosMain {
  private ChaosMain() {}

  /**
   * Runs the visitors and writes what they did to a {@link Report}.
   *
   * @param args target, semaphore, threads, run time, seed, gauge file, report file
   */
  public static void main(String[] args) throws Exception {
    Duration runTime = Duration.ofSeconds(Long.parseLong(args[3]));
    SharedGauge gauge = SharedGauge.open(Path.of(args[5]));
    try (SignalboxClient client = client(args[0])) {
      RemoteSemaphore semaphore = client.semaphores().open(args[1]);
      long end = System.nanoTime() + runTime.toNanos();
      List<Visitor> visitors = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        visitors.add(new Visitor(semaphore, gauge, Long.parseLong(args[4]) + i, end));
      }
      Files.writeString(Path.of(args[6]), report(visitors).toString());
    }
  }

  private static SignalboxClient client(String target) {
    return SignalboxClient.builder()
        .target(target)
        .clientName("chaos-" + ProcessHandle.current().pid())
        .patience(Duration.ofSeconds(30))
        .build();
  }

  private static Report report(List<Visitor> visitors)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(visitors.size());
    try {
      Report report = new Report();
      for (Future<Report> one : threads.invokeAll(visitors)) {
        report.add(one.get());
      }
      return report;
    } finally {
      threads.shutdown();
    }
  }
}
