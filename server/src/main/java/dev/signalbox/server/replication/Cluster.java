package dev.signalbox.server.replication;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that keep the log together, as this node knows them, and changes to them. A change is
 * made by the node that leads, one at a time; it fails with a {@link ClusterRefusal}. Thread-safe.
 */
public interface Cluster {
  /** This node's name. */
  String nodeId();

  /** Every member, by id; this node need not be one, if it waits to be added or was removed. */
  List<Member> members();

  /** The one that leads or is just taking over; null if this node knows of none. */
  @Nullable Member leader();

  /** More than the members. */
  ClusterStatus status();

  /** Has this run, on any thread, whenever the members may have changed. */
  void onChange(Runnable listener);

  /**
   * Adds nodes that wait for it, one after the other. Nothing is changed unless all of them answer
   * beforehand.
   */
  CompletableFuture<Void> add(List<Member> nodes);

  /** Removes a node, which may be dead. The one that leads hands over first and then refuses. */
  CompletableFuture<Void> remove(String id);

  /**
   * Makes another node lead.
   *
   * @param id which one; empty: any
   */
  CompletableFuture<Void> transfer(String id);

  /** Whether this node is a member. */
  default boolean isMember() {
    return members().stream().anyMatch(member -> member.id().equals(nodeId()));
  }

  /** The members but this node, the one that leads first. */
  default List<Member> others() {
    Member leader = leader();
    return members().stream()
        .filter(member -> !member.id().equals(nodeId()))
        .sorted((a, b) -> Boolean.compare(b.equals(leader), a.equals(leader)))
        .toList();
  }
}
