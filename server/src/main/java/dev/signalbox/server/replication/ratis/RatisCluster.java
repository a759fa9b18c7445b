package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Cluster;
import dev.signalbox.server.replication.Member;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members as the engine's configuration names them; it is replicated with the log. */
final class RatisCluster implements Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(RatisCluster.class);

  /** An election among nodes that answer takes a few round trips. */
  private static final long HAND_OVER_MILLIS = 2_000;

  private final Supplier<Engine> engine;

  /** Who was asked to take over; null: nobody was. */
  private volatile @Nullable RaftPeerId successor;

  /** To be asked once the engine has started. */
  RatisCluster(Supplier<Engine> engine) {
    this.engine = engine;
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
    return engine.get().server().getId().toString();
  }

  @Override
  public List<Member> members() {
    return peers().stream().map(RatisCluster::member).toList();
  }

  @Override
  public @Nullable Member leader() {
    RaftPeerId known = division().getInfo().getLeaderId();
    RaftPeerId leader = known == null ? successor : known;
    return peers().stream()
        .filter(peer -> peer.getId().equals(leader))
        .findAny()
        .map(RatisCluster::member)
        .orElse(null);
  }

  /** If this node leads, makes another one lead, the one that was heard from last if it can. */
  void handOver() {
    for (RaftPeerId peer : successors()) {
      if (!division().getInfo().isLeader() || handOver(peer)) {
        return;
      }
    }
  }

  private boolean handOver(RaftPeerId peer) {
    Engine current = engine.get();
    successor = peer;
    try {
      return current
          .server()
          .transferLeadership(
              new TransferLeadershipRequest(
                  current.client(),
                  current.server().getId(),
                  current.group(),
                  current.nextCall(),
                  peer,
                  HAND_OVER_MILLIS))
          .isSuccess();
    } catch (IOException e) {
      LOG.info("{} did not take over: {}", peer, e.toString());
      return false;
    }
  }

  private List<RaftPeerId> successors() {
    Map<RaftPeerId, Long> silence = silence();
    return silence.keySet().stream().sorted(Comparator.comparing(silence::get)).toList();
  }

  /** How long this node, if it leads, has not heard from each of the others, in milliseconds. */
  private Map<RaftPeerId, Long> silence() {
    Map<RaftPeerId, Long> silence = new TreeMap<>(Comparator.comparing(RaftPeerId::toString));
    for (ServerRpcProto follower :
        division().getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
      RaftPeerId id = RaftPeerId.valueOf(follower.getId().getId());
      silence.put(id, follower.getLastRpcElapsedTimeMs());
    }
    return silence;
  }

  private static Member member(RaftPeer peer) {
    return new Member(
        peer.getId().toString(),
        peer.getAddress(),
        Objects.requireNonNullElse(peer.getClientAddress(), ""));
  }

  private List<RaftPeer> peers() {
    return List.copyOf(division().getRaftConf().getCurrentPeers());
  }

  private RaftServer.Division division() {
    return engine.get().division();
  }
}
