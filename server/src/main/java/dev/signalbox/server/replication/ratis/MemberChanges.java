package dev.signalbox.server.replication.ratis;

import dev.signalbox.server.replication.ClusterRefusal;
import dev.signalbox.server.replication.ClusterRefusal.Reason;
import dev.signalbox.server.replication.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the members, one change at a time, on a thread of its own: each takes some round trips.
 * Members come and go one by one: the engine would leave a majority of newcomers, should the leader
 * die amid the change, with no node that they would vote for.
 */
final class MemberChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemberChanges.class);

  private final String nodeId;
  private final Supplier<Engine> engine;
  private final AtomicBoolean changing = new AtomicBoolean();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "signalbox-members");
        thread.setDaemon(true);
        return thread;
      });

  /** Who is asked just now to take over; empty: nobody is. */
  private volatile String successor = "";

  MemberChanges(String nodeId, Supplier<Engine> engine) {
    this.nodeId = nodeId;
    this.engine = engine;
  }

  CompletableFuture<Void> add(List<Member> nodes) {
    return change(() -> {
      nodes.forEach(this::needUnknown);
      nodes.forEach(node -> Newcomer.check(node, engine.get()));
      nodes.forEach(this::addOne);
    });
  }

  CompletableFuture<Void> remove(String id) {
    return change(() -> {
      needMember(id);
      needOthers(id);
      if (id.equals(nodeId)) {
        handOverToAny();
        throw notLeader();
      }
      LOG.info("Removing node '{}'", id);
      List<RaftPeer> left = new ArrayList<>(engine.get().peers());
      left.removeIf(peer -> peer.getId().toString().equals(id));
      engine.get().setPeers(left, id);
    });
  }

  CompletableFuture<Void> transfer(String id) {
    return change(() -> {
      if (id.isEmpty()) {
        needOthers(nodeId);
        handOverToAny();
      } else {
        needMember(id);
        handOverTo(id);
      }
    });
  }

  /**
   * If this node leads, makes another one lead, the one that was heard from last if it can.
   *
   * @return whether another one leads
   */
  boolean handOver() {
    Map<RaftPeerId, Long> silence = engine.get().silence();
    List<RaftPeerId> candidates =
        silence.keySet().stream().sorted(Comparator.comparing(silence::get)).toList();
    for (RaftPeerId candidate : candidates) {
      if (!engine.get().leads() || ask(candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Who is asked just now to take over; empty: nobody is. */
  String successor() {
    return successor;
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private CompletableFuture<Void> change(Runnable change) {
    if (!changing.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(changing());
    }
    try {
      return CompletableFuture.runAsync(() -> ifLeading(change), worker)
          .whenComplete((done, problem) -> changing.set(false));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(notLeader());
    }
  }

  private void ifLeading(Runnable change) {
    if (!engine.get().leads()) {
      throw notLeader();
    }
    change.run();
  }

  private void addOne(Member node) {
    LOG.info("Adding node '{}' at {}", node.id(), node.peerAddress());
    List<RaftPeer> more = new ArrayList<>(engine.get().peers());
    more.add(RatisCluster.peer(node));
    engine.get().setPeers(more, node.id());
  }

  private void handOverToAny() {
    if (!handOver()) {
      throw unreachable("", "no other node took over");
    }
  }

  private void handOverTo(String id) {
    if (!id.equals(nodeId) && !ask(RaftPeerId.valueOf(id))) {
      throw unreachable(id, "node '" + id + "' did not take over");
    }
  }

  private boolean ask(RaftPeerId candidate) {
    successor = candidate.toString();
    try {
      return engine.get().handOver(candidate);
    } finally {
      successor = "";
    }
  }

  private void needUnknown(Member node) {
    if (isMember(node.id())) {
      throw new ClusterRefusal(
          Reason.NODE_EXISTS, node.id(), "node '" + node.id() + "' is a member already");
    }
  }

  private void needMember(String id) {
    if (!isMember(id)) {
      throw new ClusterRefusal(Reason.NODE_NOT_FOUND, id, "there is no node '" + id + "'");
    }
  }

  private void needOthers(String id) {
    if (engine.get().peers().size() == 1) {
      throw new ClusterRefusal(Reason.LAST_NODE, id, "node '" + id + "' is the only one");
    }
  }

  private boolean isMember(String id) {
    return engine.get().peers().stream().anyMatch(peer -> peer.getId().toString().equals(id));
  }

  static ClusterRefusal notLeader() {
    return new ClusterRefusal(Reason.NOT_LEADER, "", "this node does not lead");
  }

  static ClusterRefusal changing() {
    return new ClusterRefusal(
        Reason.CLUSTER_CHANGING, "", "another change of the cluster is under way");
  }

  static ClusterRefusal unreachable(String id, String message) {
    return new ClusterRefusal(Reason.NODE_UNREACHABLE, id, message);
  }
}
