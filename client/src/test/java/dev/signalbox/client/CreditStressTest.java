package dev.signalbox.client;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients with credit on one semaphore, over a network that breaks; some of them vanish. */
class CreditStressTest extends WithServer {
  private static final int MAX = 12;
  private static final int THREADS = 2;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(4);

  /** Permits in use by all clients together, as they see it. */
  private final AtomicInteger inUse = new AtomicInteger();

  private final AtomicInteger uses = new AtomicInteger();
  private final AtomicInteger fromCredit = new AtomicInteger();

  /** Set when all clients are there. */
  private volatile long end;

  @Test
  @Rule({"K1", "K2", "R6"})
  void clientsWithCredit_neverUseMoreThanThereIs_whateverBreaks() throws Exception {
    RemoteSemaphore watched =
        client().semaphores().create("p/db", SemaphoreSpec.max(MAX).ownerOnly());
    List<RemoteSemaphore> handles = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      SignalboxClient one = client < 2 ? remoteClient(ofSeconds(30)) : client();
      Credit terms = Credit.upTo(1 + 3 * client).idleTime(ofMillis(100));
      handles.add(one.semaphores().open("p/db").withCredit(terms));
    }
    end = System.nanoTime() + NANOS;
    List<CompletableFuture<Void>> users = new ArrayList<>();
    for (int i = 0; i < handles.size() * THREADS; i++) {
      RemoteSemaphore handle = handles.get(i / THREADS);
      SplittableRandom random = new SplittableRandom(i);
      users.add(async(() -> use(handle, random)));
    }
    SplittableRandom random = new SplittableRandom(1);
    users.add(async(() -> cutNowAndThen(random)));
    users.add(async(this::comeAndGo));
    CompletableFuture.allOf(users.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    assertThat(uses.get()).isPositive();
    assertThat(fromCredit.get()).isPositive();
    eventually().until(() -> watched.info().held() == 0);
    assertThat(watched.info().count()).isEqualTo(MAX);
    System.out.println(uses + " uses, " + fromCredit + " of them from credit");
  }

  private interface Task {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> async(Task task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> {
          try {
            task.run();
            done.complete(null);
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private boolean goesOn() {
    return System.nanoTime() < end;
  }

  /** In bursts, so that now one client is busy and now another. */
  private void use(RemoteSemaphore handle, SplittableRandom random) throws Exception {
    while (goesOn()) {
      for (int i = 0; i < 200 && goesOn(); i++) {
        use(handle, random.nextInt(500) == 0 ? MAX : 1, random.nextInt(50) == 0);
      }
      Thread.sleep(random.nextInt(50));
    }
  }

  private void use(RemoteSemaphore handle, int permits, boolean slowly) throws Exception {
    Optional<Permit> granted = handle.tryAcquire(permits, ofSeconds(20));
    if (granted.isPresent()) {
      count(granted.get());
      if (slowly) {
        Thread.sleep(1);
      }
      inUse.addAndGet(-permits);
      granted.get().close();
    }
  }

  private void count(Permit permit) {
    assertThat(inUse.addAndGet(permit.permits())).isLessThanOrEqualTo(MAX);
    uses.incrementAndGet();
    if (permit instanceof CreditPermit) {
      fromCredit.incrementAndGet();
    }
  }

  private void cutNowAndThen(SplittableRandom random) throws Exception {
    while (goesOn()) {
      Thread.sleep(50 + random.nextInt(200));
      network().cut();
    }
  }

  /** Clients that leave with what they have in credit and in use. */
  private void comeAndGo() throws Exception {
    while (goesOn()) {
      try (SignalboxClient guest = builder().target("127.0.0.1:" + server().port()).build()) {
        RemoteSemaphore handle = guest.semaphores().open("p/db").withCredit(Credit.upTo(MAX));
        for (int i = 0; i < 20; i++) {
          handle.tryAcquire(1, ofSeconds(20)).ifPresent(Permit::close);
        }
        handle.tryAcquire(1, ofMillis(20));
      }
    }
  }
}
