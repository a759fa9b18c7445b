package dev.signalbox.systemtests.limit;

import static dev.signalbox.systemtests.limit.LimitedClientMain.BUCKET;
import static dev.signalbox.systemtests.limit.LimitedClientMain.CALLS_PER_SECOND;
import static dev.signalbox.systemtests.limit.LimitedClientMain.IN_FLIGHT;
import static dev.signalbox.systemtests.limit.LimitedClientMain.MOST_IN_FLIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.faults.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight client processes with limits on their channels, and one backend that counts by itself what
 * comes: at most 10 calls at once, and 200/s. Clients are killed and replaced, and the durable
 * server is killed and started again, all under load.
 *
 * <p>What can be shown of the rate: the service grants at most 200 and a full bucket within any
 * second, and a call arrives some time after its grant. So a second at the backend can also see
 * calls that were granted before it began. Those were under way then, hence within the other limit:
 * at most 10. Who promises a backend 200/s with bursts of 20 therefore gives the bucket 10.
 *
 * <p>Of the number: a killed client's calls end at the backend when its connection breaks, long
 * before its permits are back.
 */
class EightClientsIT {
  private static final int SECONDS = Integer.getInteger("limits.seconds", 20);
  private static final int CLIENTS = 8;
  private static final int RESTARTS = 2;

  /** What the backend is promised: so many above the rate. */
  private static final int BURST = BUCKET + MOST_IN_FLIGHT;

  /**
   * Longer than a restart on a quiet machine, so that sessions outlive it there; and for so long a
   * killed client keeps what it held, and what it waited for: one permit for each of its callers.
   */
  private static final Duration LEASE = Duration.ofSeconds(4);

  private static final Duration KILL_EVERY = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<LimitedClient> clients = new ArrayList<>();
  private final Timeline timeline = new Timeline();
  private final Backend backend = new Backend();
  private Node node;
  private LoadCounts ofTheKilled = LoadCounts.NONE;
  private int started;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    node = Node.alone("eight-clients", folder.resolve("data"));
    node.awaitService();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(startClient());
    }
    clients.forEach(LimitedClient::awaitAnswer);
  }

  private LimitedClient startClient() {
    String name = "limited-client-" + started++;
    return LimitedClient.start(name, node.target(), backend.target(), LEASE);
  }

  @AfterEach
  void stop() {
    clients.forEach(LimitedClient::close);
    backend.close();
    node.close();
  }

  @Test
  @Rule({"L2", "L7", "Q1", "Q2", "R6"})
  void backend_neverSeesMoreThanTheLimits_whileClientsAndServerAreKilled() throws Exception {
    long begin = System.nanoTime();
    for (int lap = 0; lap < RESTARTS; lap++) {
      killClients();
      restartServer();
    }
    killClients();
    clients.forEach(LimitedClient::awaitAnswer);
    timeline.end(begin, System.nanoTime());
    LoadCounts counts = endInOrder();
    report(counts);
    judge(counts);
  }

  /** Kills and replaces one after the other for a part of the time. */
  private void killClients() throws InterruptedException {
    long kills = Duration.ofSeconds(SECONDS).dividedBy(KILL_EVERY) / (RESTARTS + 1);
    for (long i = 0; i < kills; i++) {
      LimitedClient victim = clients.remove(0);
      victim.kill();
      ofTheKilled = ofTheKilled.plus(victim.counts());
      clients.add(startClient());
      TimeUnit.NANOSECONDS.sleep(KILL_EVERY.toNanos());
    }
  }

  private void restartServer() {
    long killed = System.nanoTime();
    node.kill();
    node.start();
    node.awaitService();
    timeline.outage(killed, System.nanoTime());
  }

  private LoadCounts endInOrder() throws IOException, InterruptedException {
    LoadCounts sum = ofTheKilled;
    for (LimitedClient client : clients) {
      client.stop();
      sum = sum.plus(client.counts());
    }
    return sum;
  }

  private void report(LoadCounts counts) {
    Arrivals arrivals = backend.arrivals();
    System.out.printf(
        "Eight limited clients, %d s: at most %d at once, at most %d in any second (%d times more"
            + " than %d); %d calls arrived, %.0f/s but for outages; %d answered, %d refused, %d"
            + " undecided, %d failed, %d cut off; %d clients killed, %d restarts; longest standstill"
            + " %d ms; the service was away for %s ms, callers stood still for %s ms%n",
        SECONDS,
        backend.mostAtOnce(),
        arrivals.mostInASecond(),
        arrivals.excesses(CALLS_PER_SECOND + BUCKET),
        CALLS_PER_SECOND + BUCKET,
        arrivals.count(),
        timeline.rate(arrivals),
        counts.answered(),
        counts.refused(),
        counts.unavailable(),
        counts.failed(),
        backend.cutOff(),
        started - CLIENTS,
        RESTARTS,
        arrivals.longestGap() / 1_000_000,
        timeline.millis(),
        timeline.standstills(arrivals));
  }

  private void judge(LoadCounts counts) {
    Arrivals arrivals = backend.arrivals();
    assertThat(backend.mostAtOnce()).isLessThanOrEqualTo(MOST_IN_FLIGHT);
    assertThat(arrivals.mostInASecond()).isLessThanOrEqualTo(CALLS_PER_SECOND + BURST);
    assertThat(arrivals.mostInASecond()).isGreaterThan(CALLS_PER_SECOND / 4);
    assertThat(timeline.rate(arrivals)).isGreaterThan(CALLS_PER_SECOND / 20.0);
    assertThat(clients).allMatch(client -> backend.callsOf(client.name()) > 0);
    assertThat(counts.failed()).isZero();
    assertThat(backend.atOnce()).isZero();
    awaitAllBack();
  }

  private void awaitAllBack() {
    try (SignalboxClient client = SignalboxClient.builder().target(node.target()).build()) {
      var inFlight = client.semaphores().open(IN_FLIGHT);
      await().atMost(PATIENCE).until(() -> inFlight.info().count() == MOST_IN_FLIGHT);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
