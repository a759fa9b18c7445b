package dev.signalbox.systemtests.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.faults.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight clients that want more than a token bucket gives get what it gives, and nothing else. */
class RefillIT {
  private static final int SECONDS = Integer.getInteger("refill.seconds", 8);
  private static final int CLIENTS = 8;
  private static final int CALLERS_EACH = 4;
  private static final int RATE = 1_000;
  private static final int BURST = 100;
  private static final String NAME = "limits/partner";

  private final List<SignalboxClient> clients = new ArrayList<>();
  private final ExecutorService callers = Executors.newFixedThreadPool(CLIENTS * CALLERS_EACH);
  private Node node;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    node = Node.alone("refill", folder.resolve("data"));
    node.awaitService();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(SignalboxClient.builder().target(node.target()).build());
    }
  }

  @AfterEach
  void stop() {
    callers.shutdownNow();
    clients.forEach(SignalboxClient::close);
    node.close();
  }

  @Test
  @Rule("Q1")
  void competingClients_areGrantedTheRateTimesTheTimeAndTheBurst() throws Exception {
    SemaphoreSpec spec = SemaphoreSpec.max(BURST).refill(RATE, Duration.ofSeconds(1));
    RemoteSemaphore bucket = clients.get(0).semaphores().create(NAME, spec);
    takeFor(1); // cold callers are too slow for a full bucket, which then has no room for more
    await().atMost(Node.PATIENCE).until(() -> bucket.info().count() == BURST);
    List<Taken> taken = takeFor(SECONDS + 1);

    long first = taken.stream().mapToLong(Taken::grantedAtMicros).min().orElseThrow();
    long end = first + TimeUnit.SECONDS.toMicros(SECONDS);
    long granted = permits(taken.stream().filter(one -> one.grantedAtMicros < end).toList());
    long due = BURST + (long) RATE * SECONDS;
    long seen = seenWithin(taken, TimeUnit.SECONDS.toNanos(SECONDS));
    System.out.printf(
        "Refill: %d permits in %d s of the service's time, %d seen in as long by our clock, due %d: %+.3f %% and %+.3f %%%n",
        granted, SECONDS, seen, due, off(granted, due), off(seen, due));
    assertThat(granted).isCloseTo(due, withinPercentage(0.5));
    // By a clock that knows nothing of the service; what is seen late was granted in time.
    assertThat(seen).isCloseTo(due, withinPercentage(5));
    assertThat(IntStream.range(0, CLIENTS).mapToObj(client -> share(taken, client)))
        .as("each client's share of what was granted")
        .allMatch(share -> share > 0.5 / CLIENTS);
  }

  private static double off(long is, long due) {
    return 100.0 * (is - due) / due;
  }

  private static long seenWithin(List<Taken> taken, long nanos) {
    long first = taken.stream().mapToLong(Taken::seenAt).min().orElseThrow();
    return permits(taken.stream().filter(one -> one.seenAt - first < nanos).toList());
  }

  private static long permits(List<Taken> taken) {
    return taken.stream().mapToLong(Taken::permits).sum();
  }

  private static double share(List<Taken> taken, int client) {
    return (double) permits(taken.stream().filter(one -> one.client == client).toList())
        / permits(taken);
  }

  private List<Taken> takeFor(int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Future<List<Taken>>> tasks = new ArrayList<>();
    for (int i = 0; i < CLIENTS * CALLERS_EACH; i++) {
      tasks.add(callers.submit(caller(i, end)));
    }
    List<Taken> all = new ArrayList<>();
    for (Future<List<Taken>> task : tasks) {
      all.addAll(task.get(SECONDS + 60, TimeUnit.SECONDS));
    }
    return all;
  }

  private Callable<List<Taken>> caller(int number, long end) {
    int client = number % CLIENTS;
    return () -> {
      RemoteSemaphore bucket = clients.get(client).semaphores().open(NAME);
      SplittableRandom random = new SplittableRandom(number);
      List<Taken> mine = new ArrayList<>();
      while (System.nanoTime() < end) {
        Permit permit = bucket.acquire(random.nextInt(1, 4));
        mine.add(new Taken(client, permit.permits(), permit.grantedAtMicros(), System.nanoTime()));
      }
      return mine;
    };
  }

  private record Taken(int client, int permits, long grantedAtMicros, long seenAt) {}
}
