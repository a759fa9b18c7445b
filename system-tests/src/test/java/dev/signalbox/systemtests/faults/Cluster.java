package dev.signalbox.systemtests.faults;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three nodes that replicate, each a process of its own. Not thread-safe. */
final class Cluster implements AutoCloseable {
  private static final List<String> FOUNDERS = List.of("n1", "n2", "n3");
  private static final String SUCCESSOR = "n4";
  private static final List<String> IDS = List.of("n1", "n2", "n3", SUCCESSOR);

  private final String name;
  private final Path folder;
  private final PeerNetwork network;
  private final Map<String, Integer> clientPorts = new HashMap<>();
  private final Map<Node, String> members = new LinkedHashMap<>();

  /**
   * Starts three nodes.
   *
   * @param name for their logs
   * @param folder for their data
   */
  Cluster(String name, Path folder) {
    this.name = name;
    this.folder = folder;
    network = new PeerNetwork(folder, IDS);
    IDS.forEach(id -> clientPorts.put(id, Ports.free()));
    String peers = FOUNDERS.stream().map(this::member).collect(Collectors.joining(","));
    FOUNDERS.forEach(id -> launch(id, List.of("--peers=" + peers)));
  }

  List<Node> nodes() {
    return List.copyOf(members.keySet());
  }

  /** Where clients connect. */
  List<String> targets() {
    return nodes().stream().map(Node::target).toList();
  }

  /** The node that leads, as soon as one does. */
  Node leader() {
    return leaderOf(nodes());
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
    return nodes().stream().filter(other -> other != node).toList();
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

  /**
   * Replaces a dead node, whose data is lost, as an operator does: by one with an id of its own
   * that begins with nothing. Returns when the new one counts and the old one does not.
   */
  Node replace(Node dead) {
    Node successor = launch(SUCCESSOR, List.of("--peers=" + member(SUCCESSOR), "--join"));
    successor.awaitReady();
    Operator.command("replace", id(dead), member(SUCCESSOR), targetsOption());
    members.remove(dead);
    dead.close();
    return successor;
  }

  /** Deletes what a dead node had on its disk. */
  void wipe(Node dead) throws IOException {
    try (Stream<Path> tree = Files.walk(data(id(dead)))) {
      tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }

  @Override
  public void close() {
    members.keySet().forEach(Node::close);
    network.close();
  }

  private Node launch(String id, List<String> membership) {
    List<String> jvm = new ArrayList<>(network.jvmFlags(id));
    jvm.add("-Xmx256m");
    List<String> options = new ArrayList<>(List.of("--node-id=" + id));
    options.addAll(membership);
    Node node = new Node(name + "-" + id, clientPort(id), jvm, data(id), options);
    members.put(node, id);
    return node;
  }

  /** As the server's options name it, with the address for clients. */
  private String member(String id) {
    return network.member(id) + "/127.0.0.1:" + clientPort(id);
  }

  private String targetsOption() {
    return "--target=" + String.join(",", targets());
  }

  private int clientPort(String id) {
    return clientPorts.getOrDefault(id, 0);
  }

  private Path data(String id) {
    return folder.resolve(id);
  }

  private String id(Node node) {
    return Objects.requireNonNull(members.get(node));
  }
}
