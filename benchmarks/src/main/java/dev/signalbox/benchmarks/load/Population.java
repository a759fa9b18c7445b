package dev.signalbox.benchmarks.load;

import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** W7: very many semaphores: creating them, their heap, and a restart with them. */
final class Population implements Alone {
  private final int semaphores;
  private final Metric create;
  private final Metric bytes;
  private final Metric restart;

  private Population(int semaphores, Metric create, Metric bytes, Metric restart) {
    this.semaphores = semaphores;
    this.create = create;
    this.bytes = bytes;
    this.restart = restart;
  }

  static Population small() {
    return new Population(
        100_000, Metric.W7_CREATE_100K, Metric.W7_BYTES_100K, Metric.W7_RESTART_100K);
  }

  static Population large() {
    return new Population(1_000_000, Metric.W7_CREATE_1M, Metric.W7_BYTES_1M, Metric.W7_RESTART_1M);
  }

  @Override
  public String id() {
    return "W7";
  }

  @Override
  public int rounds(int asked) {
    return 1;
  }

  @Override
  public void run(String log, Duration time, Sink sink) throws Exception {
    try (SignalboxService service = SignalboxService.start(log)) {
      open(service, "first"); // and what comes with the first client
      long before = Heap.settledBytes(service);
      long start = System.nanoTime();
      createAll(service);
      sink.add(create, seconds(start));
      sink.add(bytes, (double) (Heap.settledBytes(service) - before) / semaphores);
      if (log.equals("durable")) {
        restart(service, sink);
      }
    }
  }

  /** From the start of the process to the first answer; the stop is not in it. */
  private void restart(SignalboxService service, Sink sink) throws Exception {
    service.stop();
    long start = System.nanoTime();
    service.startAgain();
    open(service, name(semaphores - 1));
    sink.add(restart, seconds(start));
  }

  private void createAll(Service service) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(semaphores);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (SignalboxClient client = Signalbox.client(service.endpoint(), Life.LONG)) {
      for (int i = 0; i < semaphores; i++) {
        var unused =
            client
                .semaphores()
                .createAsync(name(i), SemaphoreSpec.max(10))
                .whenComplete((created, problem) -> {
                  if (problem != null) {
                    failure.set(problem);
                  }
                  done.countDown();
                });
      }
      done.await();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a semaphore was not created", failure.get());
    }
  }

  private static void open(Service service, String name) throws IOException, InterruptedException {
    try (SignalboxClient client = Signalbox.client(service.endpoint(), Life.LONG)) {
      var unused = client.semaphores().create(name, SemaphoreSpec.max(10));
    }
  }

  private static String name(int i) {
    return "load/tenant-" + i % 1_000 + "/limit-" + i;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
