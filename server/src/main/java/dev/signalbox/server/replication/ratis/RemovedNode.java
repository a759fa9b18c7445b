package dev.signalbox.server.replication.ratis;

/** This node is no member of its cluster any more. The message says so to the operator. */
public final class RemovedNode extends UnusableLog {
  private static final long serialVersionUID = 1L;

  RemovedNode(String nodeId) {
    super(
        "node '"
            + nodeId
            + "' was removed from its cluster; its data directory is of no use any more, and a new"
            + " node in its place needs an empty one and another --node-id");
  }
}
