package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a durable log lives and with whom it is shared.
 *
 * @param directory the data directory: everything that must survive is in it, and nothing else is
 * @param nodeId this node's name among its peers; stays with the directory for good
 * @param listen address that peers connect to; of no meaning without peers
 * @param peers who begins a new log together, this node included, whose address is taken from here
 *     for good; empty: this node alone, for good. Once there is a log, it knows the members
 * @param join this node begins no log, but waits to be added to others
 * @param snapshotBytes a snapshot is due when the log since the last one has grown by so much, and
 *     by as much as that one is large, so that writing snapshots never costs more than writing the
 *     log
 */
public record RatisOptions(
    Path directory,
    String nodeId,
    String listen,
    List<Member> peers,
    boolean join,
    long snapshotBytes) {

  /** Restarts stay at about 2 s with 100,000 semaphores. */
  public static final long DEFAULT_SNAPSHOT_BYTES = 8L << 20;

  /** One node by itself. */
  public static RatisOptions alone(Path directory) {
    return new RatisOptions(directory, "n1", "127.0.0.1", List.of(), false, DEFAULT_SNAPSHOT_BYTES);
  }

  /** The same node, as long as nobody else can reach it. */
  RatisOptions withoutPeers() {
    return new RatisOptions(directory, nodeId, listen, List.of(), false, snapshotBytes);
  }

  /** Whether nobody else can ever share the log. */
  boolean isAlone() {
    return peers.isEmpty();
  }

  /** This node among its peers. */
  Optional<Member> self() {
    return peers.stream().filter(peer -> peer.id().equals(nodeId)).findAny();
  }
}
