package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.SignalboxClient;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.Project;
import dev.signalbox.systemtests.linear.Concurrent;
import dev.signalbox.systemtests.linear.ConcurrentRun;
import dev.signalbox.systemtests.linear.ConcurrentRun.Plan;
import dev.signalbox.systemtests.linear.LinearSearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exact histories over several semaphores while whoever leads three nodes is killed. */
class LinearFailOverIT {
  private static final Path FILE =
      Project.root().resolve("system-tests/target/histories/fail-over.jsonl");
  private static final int KILLS = Math.min(Kills.COUNT, 5);
  private static final long SEED = Long.getLong("histories.seed", System.nanoTime() % 1_000_000);
  private static final int UNHEARD = 8;

  @TempDir Path folder;

  @Test
  @Rule({"E1", "E2", "L5", "R1", "R2"})
  void concurrentCalls_whileLeadersAreKilled_haveALegalOrder() throws Exception {
    System.out.println("Histories with -Dhistories.seed=" + SEED);
    try (Cluster cluster = new Cluster("linear-fail-over", folder)) {
      cluster.leader();
      Concurrent.write(FILE, List.of(record(cluster)));
    }
    Concurrent history = Concurrent.read(FILE).get(0);
    System.out.println(history.calls().size() + " calls, of unknown outcome: " + history.unheard());
    assertThat(history.calls()).hasSizeGreaterThan(100);
    assertThat(LinearSearch.violations(history)).as("%s", FILE).isEmpty();
  }

  private static Concurrent record(Cluster cluster) throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (SignalboxClient one = client(cluster);
        SignalboxClient other = client(cluster)) {
      Plan plan = new Plan(SEED, 6, 2, 1, 3, "linear", UNHEARD);
      CompletableFuture<Concurrent> run =
          CompletableFuture.supplyAsync(() -> run(List.of(one, other), plan, stop));
      for (int i = 0; i < KILLS; i++) {
        Pause.ofWork();
        Node leader = cluster.leader();
        leader.kill();
        cluster.leaderOf(cluster.without(leader));
        leader.start();
        leader.awaitReady();
      }
      Pause.ofWork();
      stop.set(true);
      return run.get(Node.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static Concurrent run(List<SignalboxClient> clients, Plan plan, AtomicBoolean stop) {
    try {
      return ConcurrentRun.of(clients, plan, Integer.MAX_VALUE, stop::get);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private static SignalboxClient client(Cluster cluster) {
    return SignalboxClient.builder()
        .targets(cluster.targets())
        .patience(Duration.ofSeconds(60))
        .build();
  }
}
