package dev.signalbox.systemtests.faults;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Three nodes that replicate, each a process of its own. Not thread-safe. */
final class Cluster implements AutoCloseable {
  private static final List<String> IDS = List.of("n1", "n2", "n3");

  private final PeerNetwork network;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * Starts three nodes.
   *
   * @param name for their logs
   * @param folder for their data
   */
  Cluster(String name, Path folder) {
    network = new PeerNetwork(folder, IDS);
    String peers = IDS.stream().map(network::member).collect(Collectors.joining(","));
    for (String id : IDS) {
      List<String> jvm = new ArrayList<>(network.jvmFlags(id));
      jvm.add("-Xmx256m");
      List<String> options = List.of("--node-id=" + id, "--peers=" + peers);
      nodes.add(new Node(name + "-" + id, Ports.free(), jvm, folder.resolve(id), options));
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Where clients connect. */
  List<String> targets() {
    return nodes.stream().map(Node::target).toList();
  }

  /** The node that leads, as soon as one does. */
  Node leader() {
    return leaderOf(nodes);
  }

  /** The one of these that leads, as soon as one does. */
  Node leaderOf(List<Node> some) {
    List<Node> found = new ArrayList<>();
    await("a leader")
        .atMost(Node.PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          Optional<Node> leader = some.stream().filter(node -> node.calls().leads()).findAny();
          leader.ifPresent(found::add);
          return leader.isPresent();
        });
    return found.get(0);
  }

  /** All nodes but this one. */
  List<Node> without(Node node) {
    return nodes.stream().filter(other -> other != node).toList();
  }

  /** Cuts a node from its peers, not from its clients: its connections break. */
  void cut(Node node) {
    network.cut(id(node));
  }

  /** Cuts a node from its peers, not from its clients: nothing arrives any more. */
  void silence(Node node) {
    network.silence(id(node));
  }

  /** Ends {@link #cut} and {@link #silence}. */
  void heal() {
    network.heal();
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    network.close();
  }

  private String id(Node node) {
    return IDS.get(nodes.indexOf(node));
  }
}
