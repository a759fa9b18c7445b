package dev.signalbox.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the objects of another JVM take, as its class histogram counts them after a collection. */
final class Heap {
  private Heap() {}

  static long liveBytes(Service service) throws IOException {
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
