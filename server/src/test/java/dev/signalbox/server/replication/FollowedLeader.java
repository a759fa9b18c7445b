package dev.signalbox.server.replication;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cluster of which a node knows the leader alone, if any. */
record FollowedLeader(String nodeId, Supplier<@Nullable Member> known) implements Cluster {
  @Override
  public List<Member> members() {
    Member leader = leader();
    return leader == null ? List.of() : List.of(leader);
  }

  @Override
  public @Nullable Member leader() {
    return known.get();
  }

  @Override
  public ClusterStatus status() {
    return new ClusterStatus(List.of(), "", 0);
  }

  @Override
  public void onChange(Runnable listener) {}

  @Override
  public CompletableFuture<Void> add(List<Member> nodes) {
    return refused();
  }

  @Override
  public CompletableFuture<Void> remove(String id) {
    return refused();
  }

  @Override
  public CompletableFuture<Void> transfer(String id) {
    return refused();
  }

  private static CompletableFuture<Void> refused() {
    return CompletableFuture.failedFuture(
        new ClusterRefusal(ClusterRefusal.Reason.NOT_LEADER, "", "this node does not lead"));
  }
}
