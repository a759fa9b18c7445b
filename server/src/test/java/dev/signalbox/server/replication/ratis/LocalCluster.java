package dev.signalbox.server.replication.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signalbox.server.replication.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;

/** Three nodes in one process, over the loopback interface. */
final class LocalCluster implements AutoCloseable {
  private static final List<String> IDS = List.of("n1", "n2", "n3");

  private final Path directory;
  private final long snapshotBytes;
  private final List<Member> peers = new ArrayList<>();
  private final Map<String, LogNode> running = new TreeMap<>();

  LocalCluster(Path directory) {
    this(directory, RatisOptions.DEFAULT_SNAPSHOT_BYTES);
  }

  LocalCluster(Path directory, long snapshotBytes) {
    this.directory = directory;
    this.snapshotBytes = snapshotBytes;
    for (String id : IDS) {
      peers.add(new Member(id, "127.0.0.1:" + LogNode.freePort(), id + ":7600"));
    }
    IDS.forEach(this::start);
  }

  void start(String id) {
    running.put(
        id,
        LogNode.start(
            new RatisOptions(directory.resolve(id), id, "127.0.0.1", peers, false, snapshotBytes)));
  }

  /** Stops a node. */
  void stop(String id) {
    LogNode node = running.remove(id);
    if (node != null) {
      node.close();
    }
  }

  /** The id of the node that leads, as soon as one does. */
  String leader() {
    await()
        .atMost(LogNode.PATIENCE)
        .until(() -> running.values().stream().anyMatch(LogNode::leads));
    for (Map.Entry<String, LogNode> node : running.entrySet()) {
      if (node.getValue().leads()) {
        return node.getKey();
      }
    }
    return leader();
  }

  /** Asks the node that leads, and the next one that does where it lost the lead meanwhile. */
  <T> T atLeader(Function<LogNode, T> question) {
    return await()
        .atMost(LogNode.PATIENCE)
        .ignoreException(LogNode.Refused.class)
        .until(() -> question.apply(node(leader())), answer -> true);
  }

  /** Makes a node lead that is up to date. */
  void lead(String id) {
    Engine engine = node(leader()).engine();
    TransferLeadershipRequest request =
        new TransferLeadershipRequest(
            ClientId.randomId(),
            engine.server().getId(),
            engine.division().getGroup().getGroupId(),
            1,
            RaftPeerId.valueOf(id),
            LogNode.PATIENCE.toMillis());
    try {
      assertThat(engine.server().transferLeadership(request).isSuccess()).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    node(id).awaitLeads();
  }

  LogNode node(String id) {
    LogNode node = running.get(id);
    if (node == null) {
      throw new IllegalStateException(id + " does not run");
    }
    return node;
  }

  /** One that does not lead. */
  String follower() {
    String leader = leader();
    return running.keySet().stream().filter(id -> !id.equals(leader)).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    running.values().forEach(LogNode::close);
  }
}
