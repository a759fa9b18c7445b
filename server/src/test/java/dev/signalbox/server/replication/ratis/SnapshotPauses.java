package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.core.Command;
import dev.signalbox.server.core.IfExists;
import dev.signalbox.server.core.Kind;
import dev.signalbox.server.core.Operation;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SemaphoreConfig;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * For how long snapshots keep others waiting: reads are asked one after the other while snapshots
 * of many semaphores are taken, and the slowest is reported. Arguments: a directory that is empty,
 * how many semaphores, and {@code copied} or {@code replayed}.
 */
final class SnapshotPauses {
  private static final int SNAPSHOTS = 4;
  private static final int AT_ONCE = 4_000;
  private static final SemaphoreConfig CONFIG =
      new SemaphoreConfig(Kind.SEMAPHORE, 8, false, false, null, 0);

  private static final List<GarbageCollectorMXBean> COLLECTORS =
      ManagementFactory.getGarbageCollectorMXBeans();

  /** A request of 64 KiB that changes nothing. */
  private static final Command MUCH =
      new Command.Request(
          null,
          0,
          new Operation.Release(
              Collections.nCopies(Operation.MAX_ITEMS, new Operation.Signal("x".repeat(245), 1)),
              List.of()));

  private SnapshotPauses() {}

  /** Measures. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    int semaphores = Integer.parseInt(args[1]);
    long copied = args[2].equals("copied") ? Long.MAX_VALUE : Snapshots.Policy.DEFAULT_COPIED;
    Snapshots.Policy policy = new Snapshots.Policy(RatisOptions.DEFAULT_SNAPSHOT_BYTES, copied);
    try (LogNode node = LogNode.start(RatisOptions.alone(directory), policy)) {
      create(node, semaphores);
      report("nothing is written", node, directory, 0);
      report("snapshots are taken", node, directory, SNAPSHOTS);
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          "heap in use: %d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
  }

  private static void create(LogNode node, int semaphores) {
    for (int done = 0; done < semaphores; done += AT_ONCE) {
      List<CompletableFuture<Result>> asked = new ArrayList<>();
      for (int i = done; i < done + AT_ONCE; i++) {
        asked.add(
            node.submit(
                new Command.Request(
                    null,
                    0,
                    new Operation.CreateSemaphore("jobs/" + i, 8, CONFIG, IfExists.OPEN))));
      }
      asked.forEach(LogNode::get);
    }
  }

  private static void report(String during, LogNode node, Path directory, int snapshots)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<List<long[]>> waits = CompletableFuture.supplyAsync(() -> probe(node, over));
    long begun = System.nanoTime();
    for (int i = 0; i < snapshots; i++) {
      long last = latest(directory);
      while (latest(directory) == last) {
        node.ask(MUCH);
      }
    }
    if (snapshots == 0) {
      Thread.sleep(3_000);
    }
    over.set(true);
    System.out.printf("while %s (%.1f s):%n", during, (System.nanoTime() - begun) / 1e9);
    report("reads", waits.get().get(0));
    report("less what the collector took", waits.get().get(1));
  }

  private static void report(String what, long[] waits) {
    Arrays.sort(waits);
    System.out.printf(
        "  %s: %d, p50 %.3f ms, p99.9 %.2f ms, longest %.1f ms%n",
        what,
        waits.length,
        waits[waits.length / 2] / 1e6,
        waits[(int) (waits.length * 0.999)] / 1e6,
        waits[waits.length - 1] / 1e6);
  }

  /** How long each read took, and how long without the pauses of the garbage collector. */
  private static List<long[]> probe(LogNode node, AtomicBoolean over) {
    long[] waits = new long[5_000_000];
    long[] own = new long[5_000_000];
    int count = 0;
    while (!over.get() && count < waits.length) {
      long collected = collectedMillis();
      long asked = System.nanoTime();
      node.look(machine -> machine.now());
      waits[count] = System.nanoTime() - asked;
      long paused = TimeUnit.MILLISECONDS.toNanos(collectedMillis() - collected);
      own[count] = Math.max(0, waits[count] - paused);
      count++;
    }
    return List.of(Arrays.copyOf(waits, count), Arrays.copyOf(own, count));
  }

  private static long collectedMillis() {
    long millis = 0;
    for (GarbageCollectorMXBean collector : COLLECTORS) {
      millis += collector.getCollectionTime();
    }
    return millis;
  }

  private static long latest(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("snapshot\\.\\d+_\\d+"))
          .mapToLong(name -> Long.parseLong(name.substring(name.indexOf('_') + 1)))
          .max()
          .orElse(-1);
    }
  }
}
