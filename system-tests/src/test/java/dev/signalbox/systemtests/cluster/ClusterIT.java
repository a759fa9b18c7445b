package dev.signalbox.systemtests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signalbox.server.Rule;
import dev.signalbox.server.TestCluster;
import dev.signalbox.v1.AddNodesRequest;
import dev.signalbox.v1.ClusterView;
import dev.signalbox.v1.RemoveNodeRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come and go while clients work, and no call fails. */
class ClusterIT {
  @TempDir Path directory;
  private TestCluster cluster;

  @BeforeEach
  void start() {
    cluster = new TestCluster(directory);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  @Rule({"L5", "E1", "R6"})
  void oneNode_growsToThree_andTheFirstLeaves() throws Exception {
    cluster.found("n1");
    try (Workers workers = new Workers(List.of(cluster.target("n1")))) {
      cluster.join("n2");
      cluster.join("n3");
      workers.awaitProgress();
      ClusterView grown = add("n2", "n3");
      assertThat(TestCluster.ids(grown)).containsExactly("n1", "n2", "n3");
      workers.awaitProgress();
      cluster.stop("n1");
      workers.awaitProgress();
      workers.finish();
    }
  }

  @Test
  @Rule({"L5", "E1", "R6"})
  void deadNode_isReplaced() throws Exception {
    cluster.found("n1", "n2", "n3");
    try (Workers workers = new Workers(targets("n1", "n2", "n3"))) {
      workers.awaitProgress();
      String dead = cluster.follower();
      cluster.stop(dead);
      workers.awaitProgress();
      cluster.join("n4");
      add("n4");
      ClusterView left =
          cluster
              .admin(cluster.leader())
              .removeNode(RemoveNodeRequest.newBuilder().setId(dead).build());
      assertThat(TestCluster.ids(left)).hasSize(3).contains("n4").doesNotContain(dead);
      workers.awaitProgress();
      cluster.stop(cluster.leader());
      workers.awaitProgress();
      workers.finish();
    }
  }

  @Test
  @Rule({"L5", "E1", "R6"})
  void everyNode_isRestartedInTurn() throws Exception {
    cluster.found("n1", "n2", "n3");
    try (Workers workers = new Workers(targets("n1", "n2", "n3"))) {
      for (String id : List.of("n1", "n2", "n3")) {
        workers.awaitProgress();
        cluster.stop(id);
        workers.awaitProgress();
        cluster.restart(id);
        cluster.awaitMembersHeard();
      }
      workers.awaitProgress();
      workers.finish();
    }
  }

  private ClusterView add(String... ids) {
    AddNodesRequest.Builder request = AddNodesRequest.newBuilder();
    for (String id : ids) {
      request.addNodes(cluster.wire(id));
    }
    return cluster.admin(cluster.leader()).addNodes(request.build());
  }

  private List<String> targets(String... ids) {
    return List.of(ids).stream().map(cluster::target).toList();
  }
}
