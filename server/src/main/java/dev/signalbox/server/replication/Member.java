package dev.signalbox.server.replication;

/**
 * A node that keeps the log together with others, or alone.
 *
 * @param id its name; never given to another node, nor to this one once it has lost its data
 * @param peerAddress where the other nodes find it, {@code host:port}; empty: none can
 * @param clientAddress where clients find it, {@code host:port}; empty: not known
 */
public record Member(String id, String peerAddress, String clientAddress) {
  /** The port of the peer address; there must be one. */
  public int peerPort() {
    return Integer.parseInt(peerAddress.substring(peerAddress.lastIndexOf(':') + 1));
  }
}
