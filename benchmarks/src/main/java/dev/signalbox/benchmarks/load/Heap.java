package dev.signalbox.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the objects of another JVM take, as its class histogram counts them after a collection. */
final class Heap {
  private static final int LOOKS = 20;
  private static final long LOOK_MILLIS = 1_000;

  private Heap() {}

  /**
   * What it takes when it has settled: while a snapshot is made there is a second copy of the
   * state.
   */
  static long settledBytes(Service service) throws IOException, InterruptedException {
    long before = liveBytes(service);
    for (int i = 0; i < LOOKS; i++) {
      Thread.sleep(LOOK_MILLIS);
      long now = liveBytes(service);
      if (Math.abs(now - before) < before / 100) {
        return now;
      }
      before = now;
    }
    return before;
  }

  private static long liveBytes(Service service) throws IOException {
    String pid = Long.toString(service.processes().get(0).pid());
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process = new ProcessBuilder(jcmd, pid, "GC.class_histogram").start();
    String histogram;
    try (var out = process.getInputStream()) {
      histogram = new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
    return histogram
        .lines()
        .filter(line -> line.startsWith("Total"))
        .map(line -> Long.parseLong(line.trim().split(" +", -1)[2]))
        .findFirst()
        .orElseThrow(() -> new IOException("no histogram: " + histogram));
  }
}
