package dev.signalbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest extends WithServer {
  @Test
  void thousandsOfThem_canWaitAtOnce() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(4));
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Permit all = a.acquire(4);
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    List<Future<?>> tasks = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      tasks.add(
          threads.submit(() -> {
            try (Permit permit = a.acquire()) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              Thread.sleep(0, 100_000);
              inside.decrementAndGet();
              return permit.id();
            }
          }));
    }
    eventually().until(() -> a.info().waiting() == 3_000);
    all.close();
    for (Future<?> task : tasks) {
      assertThat(task.get(20, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(most.get()).isBetween(1, 4);
    threads.shutdown();
    eventually().until(() -> a.info().count() == 4);
  }
}
