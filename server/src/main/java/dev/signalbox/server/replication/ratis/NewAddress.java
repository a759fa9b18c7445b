package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Member;
import dev.signalbox.server.replication.Replica;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.server.protocol.TermIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node alone whose address for others is another than its log says, or that had none. A node that
 * is added later reads the log from its beginning, and the engine (3.3.0) keeps to the first
 * address that it reads of a peer. So the address is changed before others can read the log, and
 * nothing is left of it that names another: a snapshot takes its place.
 */
final class NewAddress {
  private static final Logger LOG = LoggerFactory.getLogger(NewAddress.class);

  /** Where the engine keeps the last configuration of which it knows. */
  private static final String CONFIGURATION = "raft-meta.conf";

  private final RatisOptions options;
  private final Snapshots.Policy policy;
  private final DataDirectory directory;
  private final Path current;
  private final Member self;

  private NewAddress(
      RatisOptions options, Snapshots.Policy policy, DataDirectory directory, Member self) {
    this.options = options;
    this.policy = policy;
    this.directory = directory;
    this.current = Engine.segments(directory);
    this.self = self;
  }

  /**
   * Puts this node's address in force, if it is alone and the log does not say so already. Before
   * the engine is started.
   *
   * @param replica is restored for it, and left as it then is
   */
  static void putInForce(
      RatisOptions options, Snapshots.Policy policy, DataDirectory directory, Replica replica)
      throws IOException {
    Member self = options.self().orElse(null);
    if (self != null) {
      NewAddress address = new NewAddress(options, policy, directory, self);
      if (address.isAlone() && address.logNamesAnother()) {
        address.putInForce(replica);
      }
    }
  }

  private boolean isAlone() throws IOException {
    Path known = current.resolve(CONFIGURATION);
    return Files.exists(known)
        && LogEntryProto.parseFrom(Files.readAllBytes(known))
                .getConfigurationEntry()
                .getPeersCount()
            == 1;
  }

  private boolean logNamesAnother() throws IOException {
    boolean[] found = new boolean[1];
    Segments.readAll(current, entry -> found[0] |= namesAnother(entry.getConfigurationEntry()));
    return found[0];
  }

  private boolean namesAnother(RaftConfigurationProto configuration) {
    for (RaftPeerProto peer : configuration.getPeersList()) {
      if (peer.getId().toStringUtf8().equals(self.id())
          && !peer.getAddress().equals(self.peerAddress())) {
        return true;
      }
    }
    return false;
  }

  private void putInForce(Replica replica) throws IOException {
    RestoredStateMachine machine = new RestoredStateMachine(replica, policy);
    TermIndex last;
    try (Engine engine =
        Engine.start(options.withoutPeers(), directory, machine, ClientId.randomId())) {
      machine.checkFollowedBy(engine.firstEntry());
      if (!engine.isAlone()) {
        return;
      }
      machine.awaitLeadership();
      LOG.info("This node's addresses are {} from now on", self);
      engine.readdress(RatisCluster.peer(self));
      last = engine.lastEntry();
    }
    machine.snapshots().take(last, replica);
    Segments.after(current, last).purge(last.getIndex());
  }
}
