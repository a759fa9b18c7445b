package dev.signalbox.server.replication;

/** A change of the members was refused, or came to nothing; what had been done before stays. */
public final class ClusterRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Only the node that leads can do it, and this one does not. */
    NOT_LEADER,
    /** A member has this id already. */
    NODE_EXISTS,
    /** No member has this id. */
    NODE_NOT_FOUND,
    /** The node does not answer, or is not what it should be. */
    NODE_UNREACHABLE,
    /** It is the only member. */
    LAST_NODE,
    /** Another change is under way. */
    CLUSTER_CHANGING
  }

  private final Reason reason;
  private final String node;

  /**
   * A refusal.
   *
   * @param node the id of the node in question; may be empty
   * @param message a sentence for people
   */
  public ClusterRefusal(Reason reason, String node, String message) {
    super(message);
    this.reason = reason;
    this.node = node;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The id of the node in question; may be empty. */
  public String node() {
    return node;
  }
}
