package dev.signalbox.client;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@Rule("A7")
class CancelRaceTest extends WithServer {
  @Test
  void cancellationsThatRaceWithGrants_loseNoPermit() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(3).ownerOnly());
    SplittableRandom random = new SplittableRandom();
    int granted = 0;
    for (int round = 0; round < 400; round++) {
      List<CompletableFuture<Permit>> wanted = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        wanted.add(a.acquireAsync());
      }
      for (CompletableFuture<Permit> each : wanted) {
        if (random.nextInt(4) == 0) {
          Thread.onSpinWait();
        }
        if (!each.cancel(true)) {
          each.get().close();
          granted++;
        }
      }
    }
    eventually().until(() -> a.info().count() == 3 && a.info().waiting() == 0);
    assertThat(a.tryAcquire(3, ofSeconds(20))).isPresent();
    assertThat(granted).isNotNegative();
  }

  @Test
  void interruptsThatRaceWithGrants_loseNoPermit() throws Exception {
    RemoteSemaphore a = client().semaphores().create("a", SemaphoreSpec.max(2).ownerOnly());
    AtomicInteger granted = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    List<CompletableFuture<?>> ends = new ArrayList<>();
    long end = System.nanoTime() + ofSeconds(2).toNanos();
    for (int i = 0; i < 8; i++) {
      CompletableFuture<?> ended = new CompletableFuture<>();
      Thread worker =
          new Thread(() -> {
            while (System.nanoTime() < end) {
              try {
                a.acquire().close();
                granted.incrementAndGet();
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
              }
            }
            ended.complete(null);
          });
      worker.start();
      workers.add(worker);
      ends.add(ended);
    }
    SplittableRandom random = new SplittableRandom();
    while (System.nanoTime() < end) {
      workers.get(random.nextInt(workers.size())).interrupt();
      TimeUnit.MICROSECONDS.sleep(random.nextInt(50, 400));
    }
    for (CompletableFuture<?> ended : ends) {
      await(ended);
    }
    eventually().until(() -> a.info().count() == 2 && a.info().waiting() == 0);
    assertThat(granted.get()).isPositive();
    assertThat(interrupted.get()).isPositive();
  }

  private static void await(CompletableFuture<?> ended)
      throws InterruptedException, ExecutionException, java.util.concurrent.TimeoutException {
    Object unused = ended.get(20, TimeUnit.SECONDS);
  }
}
