package dev.signalbox.server.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes that keep the log together, as this node knows them. Thread-safe. */
public interface Cluster {
  /** This node's name. */
  String nodeId();

  /** Every member, in no order; this node need not be one. */
  List<Member> members();

  /** The one that leads or is just taking over; null if this node knows of none. */
  @Nullable Member leader();

  /** The members but this node, the one that leads first. */
  default List<Member> others() {
    Member leader = leader();
    return members().stream()
        .filter(member -> !member.id().equals(nodeId()))
        .sorted((a, b) -> Boolean.compare(b.equals(leader), a.equals(leader)))
        .toList();
  }

  /** A node by itself, which nobody but its clients can reach. */
  static Cluster ofOne(String id) {
    Member self = new Member(id, "", "");
    return new Cluster() {
      @Override
      public String nodeId() {
        return id;
      }

      @Override
      public List<Member> members() {
        return List.of(self);
      }

      @Override
      public Member leader() {
        return self;
      }
    };
  }
}
