package dev.signalbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.Code;
import dev.signalbox.v1.AddNodesRequest;
import dev.signalbox.v1.ClusterView;
import dev.signalbox.v1.Node;
import dev.signalbox.v1.RemoveNodeRequest;
import dev.signalbox.v1.Reply;
import dev.signalbox.v1.ServerFrame;
import dev.signalbox.v1.TransferLeadershipRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes come and go; what the operator is told. */
class ClusterTest {
  private static final String SESSIONS = "signalbox.v1.SessionService";
  private static final String SEMAPHORES = "signalbox.v1.SemaphoreService";

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
  void loneNode_growsToThree_withoutAWrite_andGoesOnWithoutTheFirst() {
    cluster.found("n1");
    cluster.join("n2");
    cluster.join("n3");
    ClusterView grown = add("n2", "n3");

    assertThat(TestCluster.ids(grown)).containsExactly("n1", "n2", "n3");
    assertThat(grown.getLeaderId()).isEqualTo("n1");
    cluster.awaitLevel();
    RawStream before = RawStream.open(cluster.node("n1").channel());
    before.ask(Wire.create(1, "jobs", 3));
    Reply granted = before.ask(Wire.acquire(2, "jobs"));
    cluster.stop("n1");
    RawStream after = before.resume(cluster.node(cluster.leader()).channel(), 2, 2L);
    after.awaitFrame(ServerFrame::hasResumed);
    assertThat(after.ask(Wire.acquire(2, "jobs"))).isEqualTo(granted);
  }

  @Test
  void followerThatReturns_toAnIdleCluster_catchesUp() {
    cluster.found("n1", "n2", "n3");
    String follower = cluster.follower();
    cluster.stop(follower);
    RawStream stream = RawStream.open(cluster.node(cluster.leader()).channel());
    stream.ask(Wire.create(1, "jobs", 3));
    cluster.restart(follower);

    cluster.awaitLevel();
    cluster.stop(cluster.leader());
    assertThat(cluster.node(cluster.leader()).semaphore("jobs").getCount()).isEqualTo(3);
  }

  @Test
  void deadNode_isReplaced() {
    cluster.found("n1", "n2", "n3");
    String dead = cluster.follower();
    cluster.stop(dead);
    cluster.join("n4");

    String output = command(0, "replace", dead, cluster.text("n4"));
    assertThat(output).contains("n4 ").doesNotContain(dead + " ");
    cluster.awaitLevel();
    cluster.stop(cluster.leader());
    assertThat(TestCluster.ids(cluster.view(cluster.leader()))).contains("n4").doesNotContain(dead);
  }

  @Test
  void removedNode_stops_andDoesNotStartAgain() throws Exception {
    cluster.found("n1", "n2", "n3");
    String removed = cluster.follower();
    SignalboxServer server = cluster.node(removed).server();
    command(0, "remove", removed);

    server.awaitStop();
    assertThat(server.wasRemoved()).isTrue();
    cluster.stop(removed);
    assertThat(TestCluster.ids(cluster.view(cluster.leader()))).hasSize(2).doesNotContain(removed);
  }

  @Test
  void leaderThatIsToBeRemoved_letsAnotherOneLeadFirst() throws Exception {
    cluster.found("n1", "n2", "n3");
    String first = cluster.leader();
    SignalboxServer server = cluster.node(first).server();
    String output = command(0, "remove", first);

    assertThat(output).doesNotContain(first + " ");
    server.awaitStop();
    assertThat(server.wasRemoved()).isTrue();
    cluster.stop(first);
    assertThat(cluster.leader()).isNotEqualTo(first);
  }

  @Test
  void leadership_isTransferred() {
    cluster.found("n1", "n2", "n3");
    String other = cluster.follower();
    command(0, "transfer", other);
    assertThat(cluster.leader()).isEqualTo(other);
    command(0, "transfer");
    assertThat(cluster.leader()).isNotEqualTo(other);
  }

  @Test
  void leaderThatStops_sendsItsStreamsToItsSuccessor() {
    cluster.found("n1", "n2", "n3");
    String first = cluster.leader();
    RawStream stream = RawStream.open(cluster.node(first).channel());
    stream.ask(Wire.create(1, "jobs", 3));
    long began = System.nanoTime();
    new Thread(() -> cluster.node(first).server().close()).start();

    WireError end = WireError.of(stream.awaitError());
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    assertThat(end.reason()).isEqualTo("NOT_LEADER");
    String successor = end.metadata().getOrDefault("leader_id", "");
    assertThat(successor).isNotEmpty().isNotEqualTo(first);
    assertThat(end.metadata()).containsEntry("leader", cluster.target(successor));
    cluster.stop(first);
    assertThat(cluster.leader()).isEqualTo(successor);
  }

  @Test
  void health_tellsMembersFromLeaders_andWaitingNodes() {
    cluster.found("n1", "n2");
    String leader = cluster.leader();
    String follower = cluster.follower();
    assertThat(cluster.health(leader, "")).isEqualTo(ServingStatus.SERVING);
    assertThat(cluster.health(follower, "")).isEqualTo(ServingStatus.SERVING);
    assertThat(cluster.health(leader, SESSIONS)).isEqualTo(ServingStatus.SERVING);
    assertThat(cluster.health(leader, SEMAPHORES)).isEqualTo(ServingStatus.SERVING);
    assertThat(cluster.health(follower, SESSIONS)).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(cluster.health(follower, SEMAPHORES)).isEqualTo(ServingStatus.NOT_SERVING);

    cluster.join("n3");
    assertThat(cluster.health("n3", "")).isEqualTo(ServingStatus.NOT_SERVING);
    add("n3");
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> cluster.health("n3", "") == ServingStatus.SERVING);
  }

  @Test
  void nodeThatIsNotThere_orNotWaiting_isNotAdded() throws IOException {
    cluster.found("n1");
    Node missing = cluster.wire("n2");
    assertRefused(refusedAdd("n1", missing), Code.FAILED_PRECONDITION, "NODE_UNREACHABLE", "n2");
    cluster.join("n3");
    Node misnamed = cluster.wire("n3").toBuilder().setId("n4").build();
    assertRefused(refusedAdd("n1", misnamed), Code.FAILED_PRECONDITION, "NODE_UNREACHABLE", "n4");
    assertRefused(
        refusedAdd("n1", cluster.wire("n3"), missing),
        Code.FAILED_PRECONDITION,
        "NODE_UNREACHABLE",
        "n2");
    cluster.found("n5");
    WireError elsewhere = refusedAdd("n1", cluster.wire("n5"));
    assertRefused(elsewhere, Code.FAILED_PRECONDITION, "NODE_UNREACHABLE", "n5");
    assertThat(elsewhere.message()).contains("belongs to a cluster already");

    assertThat(TestCluster.ids(cluster.view("n1"))).containsExactly("n1");
    add("n3");
    assertRefused(refusedAdd("n1", cluster.wire("n3")), Code.ALREADY_EXISTS, "NODE_EXISTS", "n3");
  }

  @Test
  void impossibleChange_isRefused() {
    cluster.found("n1");
    assertRefused(remove("n1", "n1"), Code.FAILED_PRECONDITION, "LAST_NODE", "n1");
    assertRefused(remove("n1", "n9"), Code.NOT_FOUND, "NODE_NOT_FOUND", "n9");
    assertRefused(transfer("n1", ""), Code.FAILED_PRECONDITION, "LAST_NODE", "n1");
    assertRefused(transfer("n1", "n9"), Code.NOT_FOUND, "NODE_NOT_FOUND", "n9");
  }

  @Test
  void nodeThatDoesNotLead_changesNothing_andNamesTheOneThatDoes() {
    cluster.found("n1", "n2", "n3");
    String leader = cluster.leader();
    WireError refused = remove(cluster.follower(), leader);
    assertThat(refused.reason()).isEqualTo("NOT_LEADER");
    assertThat(refused.metadata())
        .isEqualTo(Map.of("leader", cluster.target(leader), "leader_id", leader));
  }

  @Test
  void nodeWithoutPeers_cannotGrow_andSaysWhy() {
    try (TestServer alone =
        TestServer.start(ServerOptions.builder().clientPort(0).dataDir(directory).build())) {
      String target = "--target=127.0.0.1:" + alone.server().port();
      assertThat(run(1, "add", "n2=127.0.0.1:1", target)).contains("--peers=n1=HOST:PORT");
      assertThat(run(0, "status", target)).contains("n1 ").contains("leader");
    }
  }

  @Test
  void loneNode_withAnotherAddressThanBefore_isKnownByTheNewOne() {
    try (TestServer alone =
        TestServer.start(
            ServerOptions.builder().clientPort(0).dataDir(directory.resolve("n1")).build())) {
      RawStream.open(alone.channel()).ask(Wire.create(1, "jobs", 3));
    }
    cluster.found("n1");
    await()
        .atMost(TestCluster.PATIENCE)
        .until(() -> cluster.view("n1").getNodes(0).getNode().equals(cluster.wire("n1")));
    cluster.join("n2");
    add("n2");
    cluster
        .admin("n1")
        .transferLeadership(TransferLeadershipRequest.newBuilder().setId("n2").build());
    await().atMost(TestCluster.PATIENCE).until(() -> cluster.leader().equals("n2"));
    cluster.awaitLevel();
    cluster.stop("n1");
    cluster.restart("n1");
    assertThat(cluster.node(cluster.leader()).semaphore("jobs").getCount()).isEqualTo(3);
  }

  @Test
  void memberWithoutPeers_isRefused() {
    cluster.found("n1");
    cluster.join("n2");
    add("n2");
    cluster.stop("n1");

    assertThatThrownBy(() ->
            TestServer.start(
                ServerOptions.builder().clientPort(0).dataDir(directory.resolve("n1")).build()))
        .hasMessageContaining("--peers must say where they find it");
  }

  private ClusterView add(String... ids) {
    AddNodesRequest.Builder request = AddNodesRequest.newBuilder();
    for (String id : ids) {
      request.addNodes(cluster.wire(id));
    }
    return cluster.admin(cluster.leader()).addNodes(request.build());
  }

  private WireError refusedAdd(String asked, Node... nodes) {
    AddNodesRequest request = AddNodesRequest.newBuilder().addAllNodes(List.of(nodes)).build();
    return WireError.of(() -> cluster.admin(asked).addNodes(request));
  }

  private WireError remove(String asked, String id) {
    RemoveNodeRequest request = RemoveNodeRequest.newBuilder().setId(id).build();
    return WireError.of(() -> cluster.admin(asked).removeNode(request));
  }

  private WireError transfer(String asked, String id) {
    TransferLeadershipRequest request = TransferLeadershipRequest.newBuilder().setId(id).build();
    return WireError.of(() -> cluster.admin(asked).transferLeadership(request));
  }

  private String command(int code, String... words) {
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--target=" + cluster.target(cluster.follower());
    return run(code, all);
  }

  private static String run(int code, String... words) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
    List<String> args = new ArrayList<>(List.of("cluster"));
    args.addAll(List.of(words));
    assertThat(Main.run(args, Map.of(), print, print))
        .as("exit code; %s", output.toString(StandardCharsets.UTF_8))
        .isEqualTo(code);
    return output.toString(StandardCharsets.UTF_8);
  }

  private static void assertRefused(WireError error, Code code, String reason, String node) {
    assertThat(error.code()).as(error.message()).isEqualTo(code);
    assertThat(error.reason()).isEqualTo(reason);
    assertThat(error.metadata()).containsEntry("node", node);
  }
}
