package dev.signalbox.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.client.Permit;
import dev.signalbox.client.RemoteSemaphore;
import dev.signalbox.client.SemaphoreSpec;
import dev.signalbox.server.Rule;
import dev.signalbox.systemtests.history.LoadRun;
import dev.signalbox.systemtests.process.ClientProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leader that is not dead but paused, or cut from its peers while clients still reach it: the
 * others go on without it, and whatever it still says is right.
 */
class DeposedLeaderIT {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration AFTERWARDS = Duration.ofSeconds(4);

  @TempDir Path folder;

  @Test
  @Rule({"E1", "L2", "L4", "L5", "L7", "R6"})
  void pausedLeader_isSucceeded_andSaysNothingStaleWhenItGoesOn() throws Exception {
    depose("paused", (cluster, node) -> node.pause(), (cluster, node) -> node.resume());
  }

  @Test
  @Rule({"E1", "L2", "L4", "L5", "L7", "R6"})
  void leaderWhosePeersRefuseIt_isSucceeded_andSaysNothingStale() throws Exception {
    depose("cut", Cluster::cut, (cluster, node) -> cluster.heal());
  }

  @Test
  @Rule({"E1", "L2", "L4", "L5", "L7", "R6"})
  void leaderWhosePeersDoNotHearIt_isSucceeded_andSaysNothingStale() throws Exception {
    depose("unheard", Cluster::silence, (cluster, node) -> cluster.heal());
  }

  private interface Change {
    void apply(Cluster cluster, Node node);
  }

  private void depose(String name, Change fault, Change repair) throws Exception {
    try (Cluster cluster = new Cluster(name, folder);
        Witness witness = new Witness(cluster);
        LoadRun run = Judge.load(folder, cluster.targets())) {
      Node deposed = cluster.leader();
      RemoteSemaphore held = run.client().semaphores().create("held", SemaphoreSpec.max(1));
      try (ClientProcess holder = ClientProcess.start(name + "-holder", deposed.target(), LEASE)) {
        holder.ask("acquire " + held.name());
        long begun = System.nanoTime();
        fault.apply(cluster, deposed);
        Node next = cluster.leaderOf(cluster.without(deposed));
        long succeeded = System.nanoTime();
        holderIsFencedBeforeTheNextIsLetIn(holder, held, begun);
        TimeUnit.NANOSECONDS.sleep(begun + PAUSE.toNanos() - System.nanoTime());
        long repaired = System.nanoTime();
        repair.apply(cluster, deposed);
        TimeUnit.NANOSECONDS.sleep(AFTERWARDS.toNanos());
        assertThat(witness.claims(deposed, succeeded, repaired)).isZero();
        assertThat(witness.claims(next, succeeded, repaired)).isPositive();
        isAMemberAgain(cluster, deposed);
        Judge judge = Judge.finish(run);
        Outage.say("Leader " + name + ": no answer to anybody", judge.outages(List.of(begun)));
        assertThat(witness.contradictions()).isEmpty();
        assertThat(witness.grants()).isPositive();
        long served = repaired + AFTERWARDS.toNanos();
        for (String process : judge.processes()) {
          assertThat(judge.answeredWithin(process, succeeded, served)).as(process).isPositive();
        }
      }
    }
  }

  /** The holder is connected to the deposed leader and to nobody else. */
  private static void holderIsFencedBeforeTheNextIsLetIn(
      ClientProcess holder, RemoteSemaphore held, long begun) throws Exception {
    try (Permit permit = held.acquireAsync().get(Node.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      long granted = System.nanoTime();
      long lastHeld = Long.parseLong(holder.ask("last-held"));
      System.out.println(
          "Fenced " + (granted - lastHeld) / 1_000_000 + " ms before the next was let in");
      assertThat(lastHeld).isBetween(begun, granted);
      assertThat(permit.isHeld()).isTrue();
    }
  }

  /** With one of the others gone, it takes both to answer. */
  private static void isAMemberAgain(Cluster cluster, Node healed) {
    Node leader = cluster.leader();
    Node other =
        cluster.nodes().stream()
            .filter(node -> node != healed && node != leader)
            .findAny()
            .orElseThrow();
    other.stop();
    assertThat(cluster.leaderOf(cluster.without(other))).isNotNull();
    other.start();
    other.awaitReady();
  }
}
