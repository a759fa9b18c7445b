package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Member;
import java.io.IOException;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;

/** A node that is to be added: is it there, and does it wait for that? */
final class Newcomer {
  private Newcomer() {}

  /**
   * Asks it, for a few seconds at most.
   *
   * @throws dev.signalbox.server.replication.ClusterRefusal if it must not be added
   */
  static void check(Member node, Engine engine) {
    GroupInfoReply answer = ask(node, engine);
    String id = answer.getRoleInfoProto().getSelf().getId().toStringUtf8();
    if (!id.equals(node.id())) {
      throw refused(node, "is node '" + id + "'");
    }
    if (answer.getConf().filter(conf -> isIn(node, conf)).isPresent()) {
      throw refused(
          node, "belongs to a cluster already: start it with --join and an empty data directory");
    }
  }

  private static GroupInfoReply ask(Member node, Engine engine) {
    RaftPeer peer = RaftPeer.newBuilder().setId(node.id()).setAddress(node.peerAddress()).build();
    try (RaftClient client =
        RaftClient.newBuilder()
            .setProperties(new RaftProperties())
            .setRaftGroup(RaftGroup.valueOf(engine.group(), peer))
            .setRetryPolicy(RetryPolicies.noRetry())
            .build()) {
      return client.getGroupManagementApi(peer.getId()).info(engine.group());
    } catch (IOException | RuntimeException e) {
      throw refused(node, "does not answer as a node should: " + e.getMessage());
    }
  }

  private static boolean isIn(Member node, RaftConfigurationProto conf) {
    return conf.getPeersList().stream()
        .anyMatch(peer -> peer.getId().toStringUtf8().equals(node.id()));
  }

  private static RuntimeException refused(Member node, String why) {
    return MemberChanges.unreachable(
        node.id(), "node '" + node.id() + "' at " + node.peerAddress() + " " + why);
  }
}
