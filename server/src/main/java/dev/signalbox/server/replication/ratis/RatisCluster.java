package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.ClusterStatus;
import dev.signalbox.server.replication.ClusterStatus.MemberStatus;
import dev.signalbox.server.replication.Member;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/** The members as the engine's configuration names them; it is replicated with the log. */
final class RatisCluster implements Cluster, AutoCloseable {
  private final String nodeId;
  private final Supplier<Engine> engine;
  private final MemberChanges changes;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /**
   * To be asked once the engine has started.
   *
   * @param nodeId this node's name
   */
  RatisCluster(String nodeId, Supplier<Engine> engine) {
    this.nodeId = nodeId;
    this.engine = engine;
    this.changes = new MemberChanges(nodeId, engine);
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
    return engine.get().peers().stream()
        .map(RatisCluster::member)
        .sorted(Comparator.comparing(Member::id))
        .toList();
  }

  @Override
  public @Nullable Member leader() {
    String leader = leaderId();
    return members().stream().filter(member -> member.id().equals(leader)).findAny().orElse(null);
  }

  @Override
  public ClusterStatus status() {
    Map<String, Long> applied = applied();
    Map<RaftPeerId, Long> silence = engine.get().silence();
    List<MemberStatus> members =
        members().stream()
            .map(member ->
                new MemberStatus(
                    member,
                    applied.getOrDefault(member.id(), -1L),
                    silence.getOrDefault(RaftPeerId.valueOf(member.id()), -1L)))
            .toList();
    return new ClusterStatus(members, leaderId(), division().getInfo().getCurrentTerm());
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
    return changes.add(nodes);
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return changes.remove(id);
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return changes.transfer(id);
  }

  @Override
  public void close() {
    changes.close();
  }

  MemberChanges changes() {
    return changes;
  }

  private String leaderId() {
    // While this node gives up the lead, the engine still names it.
    String successor = changes.successor();
    RaftPeerId known = division().getInfo().getLeaderId();
    return successor.isEmpty() && known != null ? known.toString() : successor;
  }

  private Map<String, Long> applied() {
    Map<String, Long> applied = new HashMap<>();
    for (CommitInfoProto info : division().getCommitInfos()) {
      applied.put(info.getServer().getId().toStringUtf8(), info.getCommitIndex());
    }
    applied.put(nodeId, division().getInfo().getLastAppliedIndex());
    return applied;
  }

  static Member member(RaftPeer peer) {
    String clients = peer.getClientAddress();
    return new Member(peer.getId().toString(), peer.getAddress(), clients == null ? "" : clients);
  }

  private RaftServer.Division division() {
    return engine.get().division();
  }
}
