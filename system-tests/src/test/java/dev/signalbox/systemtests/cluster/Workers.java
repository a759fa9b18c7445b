package dev.signalbox.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Threads of two clients that hold a permit of one semaphore, again and again, until closed. */
final class Workers implements AutoCloseable {
  private static final int MAX = 3;
  private static final int THREADS = 4;
  private static final long SOME_VISITS = 50;

  private final List<SignalboxClient> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Exception> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicLong visits = new AtomicLong();
  private volatile boolean closed;

  /** Begins; the clients know these targets. */
  Workers(List<String> targets) throws InterruptedException {
    for (int c = 0; c < 2; c++) {
      SignalboxClient client =
          SignalboxClient.builder().targets(targets).patience(TestCluster.PATIENCE).build();
      clients.add(client);
      RemoteSemaphore semaphore =
          client.semaphores().create("cluster/jobs", SemaphoreSpec.max(MAX));
      for (int t = 0; t < THREADS; t++) {
        Thread thread = new Thread(() -> work(semaphore), "worker-" + c + "-" + t);
        threads.add(thread);
        thread.start();
      }
    }
  }

  /** Waits until there was some more work since this call. */
  void awaitProgress() {
    long now = visits.get();
    await().atMost(TestCluster.PATIENCE).until(() -> visits.get() > now + SOME_VISITS);
  }

  /** Ends the work and checks that nothing went wrong. */
  void finish() throws InterruptedException {
    closed = true;
    for (Thread thread : threads) {
      thread.join(TestCluster.PATIENCE.toMillis());
    }
    assertThat(failures).isEmpty();
    assertThat(threads).noneMatch(Thread::isAlive);
    assertThat(most.get()).isBetween(1, MAX);
    RemoteSemaphore semaphore =
        clients.get(0).semaphores().create("cluster/jobs", SemaphoreSpec.max(MAX));
    await()
        .atMost(TestCluster.PATIENCE)
        .untilAsserted(() -> assertThat(semaphore.info().count()).isEqualTo(MAX));
  }

  @Override
  public void close() {
    closed = true;
    clients.forEach(SignalboxClient::close);
  }

  private void work(RemoteSemaphore semaphore) {
    while (!closed) {
      try (Permit permit = semaphore.acquire()) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        permit.ensureHeld();
        inside.decrementAndGet();
        visits.incrementAndGet();
      } catch (Exception e) {
        failures.add(e);
        return;
      }
    }
  }
}
