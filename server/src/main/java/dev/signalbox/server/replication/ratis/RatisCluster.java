package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.ClusterStatus;
import dev.signalbox.server.replication.ClusterStatus.MemberStatus;
import dev.signalbox.server.replication.Member;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * The members as the engine's configuration names them; it is replicated with the log. Before the
 * engine has started nobody is known.
 */
final class RatisCluster implements Cluster, AutoCloseable {
  private final String nodeId;
  private final Supplier<@Nullable Engine> engine;
  private final MemberChanges changes;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * The cluster that this node is in.
   *
   * @param nodeId this node's name
   * @param engine null before it has started
   */
  RatisCluster(String nodeId, Supplier<@Nullable Engine> engine) {
    this.nodeId = nodeId;
    this.engine = engine;
    this.changes = new MemberChanges(nodeId, () -> Objects.requireNonNull(engine.get()));
  }

  static RaftPeer peer(Member member) {
    return RaftPeer.newBuilder()
        .setId(member.id())
        .setAddress(member.peerAddress())
        .setClientAddress(member.clientAddress())
        .build();
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public List<Member> members() {
    Engine started = engine.get();
    List<RaftPeer> peers = started == null ? List.of() : started.peers();
    return peers.stream()
        .map(RatisCluster::member)
        .sorted(Comparator.comparing(Member::id))
        .toList();
  }

  @Override
  public @Nullable Member leader() {
    Engine started = engine.get();
    String leader = started == null ? "" : leaderId(started);
    return members().stream().filter(member -> member.id().equals(leader)).findAny().orElse(null);
  }

  @Override
  public ClusterStatus status() {
    Engine started = engine.get();
    return started == null ? new ClusterStatus(List.of(), "", 0) : status(started);
  }

  private ClusterStatus status(Engine started) {
    Map<String, Long> applied = applied(started.division());
    Map<RaftPeerId, Long> silence = started.silence();
    List<MemberStatus> members =
        members().stream()
            .map(member ->
                new MemberStatus(
                    member,
                    applied.getOrDefault(member.id(), -1L),
                    silence.getOrDefault(RaftPeerId.valueOf(member.id()), -1L)))
            .toList();
    return new ClusterStatus(
        members, leaderId(started), started.division().getInfo().getCurrentTerm());
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The engine has another configuration. */
  void changed() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public CompletableFuture<Void> add(List<Member> nodes) {
    return change(() -> changes.add(nodes));
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return change(() -> changes.remove(id));
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return change(() -> changes.transfer(id));
  }

  @Override
  public void close() {
    changes.close();
  }

  MemberChanges changes() {
    return changes;
  }

  private CompletableFuture<Void> change(Supplier<CompletableFuture<Void>> change) {
    return engine.get() == null
        ? CompletableFuture.failedFuture(MemberChanges.notLeader())
        : change.get();
  }

  private String leaderId(Engine started) {
    // While this node gives up the lead, the engine still names it.
    String successor = changes.successor();
    RaftPeerId known = started.division().getInfo().getLeaderId();
    return successor.isEmpty() && known != null ? known.toString() : successor;
  }

  private Map<String, Long> applied(RaftServer.Division division) {
    Map<String, Long> applied = new HashMap<>();
    for (CommitInfoProto info : division.getCommitInfos()) {
      applied.put(info.getServer().getId().toStringUtf8(), info.getCommitIndex());
    }
    applied.put(nodeId, division.getInfo().getLastAppliedIndex());
    return applied;
  }

  static Member member(RaftPeer peer) {
    String clients = peer.getClientAddress();
    return new Member(peer.getId().toString(), peer.getAddress(), clients == null ? "" : clients);
  }
}
