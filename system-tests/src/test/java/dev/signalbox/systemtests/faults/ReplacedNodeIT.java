package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.history.LoadRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower dies with its disk, and a new node takes its place while clients work. */
class ReplacedNodeIT {
  @TempDir Path folder;

  @Test
  @Rule({"E1", "L5", "L7"})
  void wipedFollower_isReplaced_andItsSuccessorCounts() throws Exception {
    try (Cluster cluster = new Cluster("replaced-node", folder)) {
      Node leader = cluster.leader();
      Node dead = cluster.without(leader).get(0);
      try (LoadRun run = Judge.load(folder, cluster.targets())) {
        List<Long> faults = new ArrayList<>();
        Pause.ofWork();
        faults.add(System.nanoTime());
        dead.kill();
        cluster.wipe(dead);
        Pause.ofWork();
        long begun = System.nanoTime();
        Node successor = cluster.replace(dead);
        Outage.say("Dead node replaced", List.of(Duration.ofNanos(System.nanoTime() - begun)));
        for (Node founder : cluster.without(successor)) {
          Pause.ofWork();
          faults.add(System.nanoTime());
          outlive(cluster, founder);
        }
        Pause.ofWork();
        Judge judge = Judge.finish(run);
        Outage.say("Node killed: no answer to anybody", judge.outages(faults));
        assertThat(judge.failed()).isEmpty();
        assertThat(judge.lostSessions()).isZero();
      }
    }
  }

  /** The two that are left must both count to answer while this one is gone. */
  private static void outlive(Cluster cluster, Node killed) throws InterruptedException {
    killed.kill();
    Node leader = cluster.leaderOf(cluster.without(killed));
    System.out.println(leader.name() + " leads while " + killed.name() + " is gone");
    Pause.ofWork();
    killed.start();
    killed.awaitReady();
  }
}
