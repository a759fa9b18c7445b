package dev.signalbox.server.replication;

import dev.signalbox.server.replication.ClusterRefusal.Reason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * A cluster of one that stays so: nobody but its clients can reach the node.
 *
 * @param nodeId its name
 * @param whyAlone what to say to whoever wants to add another
 * @param applied the last entry that it has applied; -1: none
 * @param term grows with every start; 0: nobody counts
 */
public record LoneNode(String nodeId, String whyAlone, LongSupplier applied, LongSupplier term)
    implements Cluster {
  @Override
  public List<Member> members() {
    return List.of(leader());
  }

  @Override
  public Member leader() {
    return new Member(nodeId, "", "");
  }

  @Override
  public ClusterStatus status() {
    ClusterStatus.MemberStatus self =
        new ClusterStatus.MemberStatus(leader(), applied.getAsLong(), -1);
    return new ClusterStatus(List.of(self), nodeId, term.getAsLong());
  }

  @Override
  public void onChange(Runnable listener) {}

  @Override
  public CompletableFuture<Void> add(List<Member> nodes) {
    return CompletableFuture.failedFuture(
        new ClusterRefusal(Reason.NODE_UNREACHABLE, nodeId, whyAlone));
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return CompletableFuture.failedFuture(refused(id));
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return id.equals(nodeId)
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(refused(id));
  }

  private ClusterRefusal refused(String id) {
    return id.isEmpty() || id.equals(nodeId)
        ? new ClusterRefusal(Reason.LAST_NODE, nodeId, "node '" + nodeId + "' is the only one")
        : new ClusterRefusal(Reason.NODE_NOT_FOUND, id, "there is no node '" + id + "'");
  }
}
