package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.Rule;
import dev.signalbox.server.core.Result;
import dev.signalbox.server.core.SessionId;
import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.Failure;
import dev.signalbox.server.replication.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that replicate. */
class LocalClusterTest {
  @TempDir Path directory;
  private LocalCluster cluster;

  @BeforeEach
  void start() {
    cluster = new LocalCluster(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  @Rule({"E1", "L7"})
  void leaderThatStops_isSucceeded_andNothingIsLostOrDoubled() {
    String first = cluster.leader();
    LogNode node = cluster.node(first);
    SessionId session = node.openSession();
    node.create("jobs", 2);
    Result granted = node.ask(session, 1, LogNode.acquire("jobs", 0));
    cluster.stop(first);

    assertThat(cluster.<Result>atLeader(n -> n.ask(session, 1, LogNode.acquire("jobs", 0))))
        .isEqualTo(granted);
    assertThat(cluster.<Integer>atLeader(second -> second.count("jobs"))).isEqualTo(1);
    cluster.start(first);
    cluster.stop(cluster.follower());
    assertThat(cluster.<Integer>atLeader(third -> third.count("jobs"))).isEqualTo(1);
  }

  @Test
  void leaderThatHandsOver_isSucceededAtOnce_andNamesItsSuccessor() {
    String first = cluster.leader();
    LogNode node = cluster.node(first);
    node.create("jobs", 2);
    long began = System.nanoTime();
    node.log().handOver();

    Member successor = Objects.requireNonNull(node.log().cluster().leader());
    assertThat(successor.id()).isNotEqualTo(first);
    assertThat(successor.clientAddress()).isEqualTo(successor.id() + ":7600");
    cluster.node(successor.id()).awaitLeads();
    assertThat(Duration.ofNanos(System.nanoTime() - began))
        .as("less than the shortest election time-out")
        .isLessThan(Duration.ofSeconds(1));
    assertThat(node.leads()).isFalse();
    assertThat(cluster.node(successor.id()).count("jobs")).isEqualTo(2);
  }

  @Test
  void leaderWithoutPeers_doesNotHandOverForEver() {
    LogNode leader = cluster.node(cluster.leader());
    cluster.stop(cluster.follower());
    cluster.stop(cluster.follower());
    long began = System.nanoTime();
    leader.log().handOver();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void everyNode_knowsTheMembers_andWhoLeads() {
    String leader = cluster.leader();
    for (String id : List.of("n1", "n2", "n3")) {
      Cluster known = cluster.node(id).log().cluster();
      assertThat(known.nodeId()).isEqualTo(id);
      assertThat(known.members())
          .extracting(Member::id)
          .containsExactlyInAnyOrder("n1", "n2", "n3");
      await().atMost(LogNode.PATIENCE).until(() -> known.leader() != null);
      assertThat(known.leader()).extracting(Member::id).isEqualTo(leader);
      assertThat(known.leader()).extracting(Member::clientAddress).isEqualTo(leader + ":7600");
    }
  }

  @Test
  void follower_takesNothing_andReadsNothing() {
    LogNode follower = cluster.node(cluster.follower());

    assertThatThrownBy(() -> follower.openSession())
        .isInstanceOfSatisfying(
            LogNode.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Failure.NOT_LEADER));
    assertThatThrownBy(() -> follower.count("jobs"))
        .isInstanceOfSatisfying(
            LogNode.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(Failure.NOT_LEADER));
  }

  @Test
  void leader_isConfirmedByItsPeers_andAFollowerIsNot() {
    assertThat(confirmed(cluster.node(cluster.leader()))).isTrue();
    assertThat(confirmed(cluster.node(cluster.follower()))).isFalse();
  }

  @Test
  @Rule("E2")
  void leaderWithoutPeers_confirmsNothing() {
    LogNode leader = cluster.node(cluster.leader());
    leader.create("jobs", 1);
    cluster.stop(cluster.follower());
    assertThat(leader.count("jobs")).isEqualTo(1);
    cluster.stop(cluster.follower());

    assertThat(confirmed(leader)).isFalse();
  }

  @Test
  void staleRead_isAnsweredByAFollower_andByALeaderWithoutPeers() {
    LogNode leader = cluster.node(cluster.leader());
    leader.create("jobs", 1);
    String follower = cluster.follower();
    await().atMost(LogNode.PATIENCE).until(() -> knowsJobs(cluster.node(follower)));
    cluster.stop(follower);
    cluster.stop(cluster.follower());

    assertThat(knowsJobs(leader)).isTrue();
    assertThatThrownBy(() -> leader.count("jobs")).isInstanceOf(LogNode.Refused.class);
  }

  private static boolean knowsJobs(LogNode node) {
    return node.lookStale(machine -> machine.semaphore("jobs", machine.now(), 0) != null);
  }

  private static boolean confirmed(LogNode node) {
    CompletableFuture<Boolean> leads = new CompletableFuture<>();
    node.sequencer().confirmLeadership(() -> leads.complete(true), () -> leads.complete(false));
    return LogNode.get(leads);
  }
}
